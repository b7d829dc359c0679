"""bytes -> pages and articles"""
