"""Packs as plain English: what each rule asks, of whom, since when, and on whose word."""
