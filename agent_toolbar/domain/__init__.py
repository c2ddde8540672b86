"""Pure values and rules of telephony and contacts. No library but phonenumbers, no clock, no thread."""
