"""Reads across rooms: reports, charts, exports. Owns conclusions, recommendations, series and published figures; no answers."""
