"""Reports as text for people and machines. Each renderer is a pure function of the report."""
