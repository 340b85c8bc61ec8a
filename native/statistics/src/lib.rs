//! Samples, intervals, outliers and growth.
