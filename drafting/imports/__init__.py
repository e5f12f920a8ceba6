"""Readers of files a secretariat brings: small, direct, and lossless but for white space."""
