"""Requests and answers as they went over the wire."""
