"""claims that answer one question -> judgements"""
