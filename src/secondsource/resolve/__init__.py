"""readings -> links: which records of different articles are one thing"""
