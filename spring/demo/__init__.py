"""Demonstration data: a made-up county's worth of people. Nothing and nobody in it is real."""
