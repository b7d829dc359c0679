"""dossier -> pages and files"""
