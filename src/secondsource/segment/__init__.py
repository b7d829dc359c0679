"""page -> typed segments, sentences, quotations"""
