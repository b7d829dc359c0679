"""judgements and links -> support, positions, pledges"""
