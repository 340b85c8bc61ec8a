//! Values of attributes and marks as bytes; what a value is stands elsewhere.

use forgebench_replica::{ReadError, Reader, write_bytes, write_signed};
use forgebench_tree::Value;

/// Whole numbers up to here stand as such.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ValueKind {
    Null = 0,
    False = 1,
    True = 2,
    Whole = 3,
    Float = 4,
    Text = 5,
    Json = 6,
    /// The value is taken away.
    None = 7,
}

impl ValueKind {
    /// The kind with this number.
    pub fn from_bits(bits: u8) -> Option<Self> {
        use ValueKind::{False, Float, Json, Null, Text, True, Whole};
        [Null, False, True, Whole, Float, Text, Json, Self::None].into_iter().find(|&kind| kind as u8 == bits)
    }
}

/// Appends a value; gives what it is.
pub fn write(bytes: &mut Vec<u8>, value: Option<&Value>) -> ValueKind {
    match value {
        None => ValueKind::None,
        Some(Value::Null) => ValueKind::Null,
        Some(Value::Bool(value)) => {
            if *value {
                ValueKind::True
            } else {
                ValueKind::False
            }
        }
        // The sign of zero would be lost.
        Some(Value::Number(number))
            if number.fract() == 0.0 && number.abs() < MOST_WHOLE && !(*number == 0.0 && number.is_sign_negative()) =>
        {
            write_signed(bytes, *number as i64);
            ValueKind::Whole
        }
        Some(Value::Number(number)) => {
            bytes.extend_from_slice(&number.to_le_bytes());
            ValueKind::Float
        }
        Some(Value::Text(text)) => {
            write_bytes(bytes, text.as_bytes());
            ValueKind::Text
        }
        Some(Value::Json(json)) => {
            write_bytes(bytes, json.as_bytes());
            ValueKind::Json
        }
    }
}

/// Reads what `write` wrote.
pub fn read(reader: &mut Reader<'_>, kind: ValueKind) -> Result<Option<Value>, ReadError> {
    Ok(Some(match kind {
        ValueKind::None => return Ok(None),
        ValueKind::Null => Value::Null,
        ValueKind::False => Value::Bool(false),
        ValueKind::True => Value::Bool(true),
        ValueKind::Whole => Value::Number(reader.signed()? as f64),
        ValueKind::Float => {
            let number = f64::from_le_bytes(reader.array()?);
            let number = Some(number).filter(|number| number.is_finite());
            Value::Number(number.ok_or_else(|| reader.malformed("a number is infinite or none"))?)
        }
        ValueKind::Text => Value::text(reader.name()?),
        ValueKind::Json => {
            let json = Value::json(reader.name()?);
            json.ok_or_else(|| reader.malformed("a value is no JSON of an object or an array"))?
        }
    }))
}
