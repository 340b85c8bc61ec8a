//! HDR histogram: batch recording, merge, quantiles, V2 encoding.
