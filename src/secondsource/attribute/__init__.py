"""article -> attributions, times, figures, claims"""
