"""What the law allows: routes, findings, dual criminality, clocks. Pure: facts and dates come in as arguments."""
