//! Colours with a known contrast: any seed becomes a scale of eight steps, each at a fixed contrast with white, in the hue of the seed.
//!
//! Conversions after Björn Ottosson, "A perceptual color space for image processing" (Oklab, 2020); contrast after WCAG 2.2 (relative
//! luminance). Contrast is met by construction, so a municipality cannot choose an unreadable colour.

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

/// Steps with their contrast against white and the share of the seed's chroma they keep.
pub(super) const STEPS: [(u16, f64, f64); 8] = [
    (50, 1.05, 0.12),
    (100, 1.13, 0.25),
    (200, 1.29, 0.45),
    (300, 1.70, 0.75),
    (400, 5.37, 1.0),
    (500, 7.79, 1.0),
    (600, 11.17, 1.0),
    (700, 17.1, 1.0),
];

impl Colour {
    /// White.
    pub(super) const WHITE: Self = Self {
        red: 255,
        green: 255,
        blue: 255,
    };

    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| {
            let two = digits.get(at..at + 2)?;
            // A sign before a digit is no colour.
            let are_digits = two.bytes().all(|digit| digit.is_ascii_hexdigit());
            are_digits.then(|| u8::from_str_radix(two, 16).ok())?
        };
        Some(Self {
            red: part(0)?,
            green: part(2)?,
            blue: part(4)?,
        })
    }

    /// Reads a colour as people write it: `#095c51`, `095C51`, `#fff`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.trim();
        let digits = digits.strip_prefix('#').unwrap_or(digits);
        let digits = if digits.chars().count() == 3 {
            digits.chars().flat_map(|digit| [digit, digit]).collect()
        } else {
            digits.to_owned()
        };
        Self::parse(&format!("#{digits}"))
    }

    /// Writes `#rrggbb`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// Contrast with another colour, 1 to 21 (WCAG 2.2).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let [one, two] = [self, other].map(|colour| luminance(colour.linear()) + 0.05);
        one.max(two) / one.min(two)
    }

    /// Chroma and hue of this colour.
    fn chroma_and_hue(self) -> (f64, f64) {
        let [red, green, blue] = self.linear();
        let long =
            (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let medium =
            (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let short =
            (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        let a = 1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short;
        let b = 0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short;
        (a.hypot(b), b.atan2(a))
    }

    /// The colour in this one's hue that has a contrast with white, keeping a share of its chroma as far as screens can show it.
    #[must_use]
    pub fn step(self, contrast: f64, share: f64) -> Self {
        let (chroma, hue) = self.chroma_and_hue();
        let chroma = chroma * share;
        let wanted = 1.05 / contrast - 0.05;
        let (mut dark, mut light) = (0.0_f64, 1.0_f64);
        for _ in 0..40 {
            let middle = f64::midpoint(dark, light);
            if luminance(shown(middle, chroma, hue)) < wanted {
                dark = middle;
            } else {
                light = middle;
            }
        }
        // The darker end: rounding to bytes may cost contrast, never below what was asked.
        let found = shown(dark, chroma, hue).map(|part| {
            let part = part.clamp(0.0, 1.0);
            if part <= 0.003_130_8 {
                part * 12.92
            } else {
                1.055 * part.powf(1.0 / 2.4) - 0.055
            }
        });
        let [red, green, blue] = found.map(|part| byte(part * 255.0));
        Self { red, green, blue }
    }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value lies between 0 and 255"
)]
fn byte(value: f64) -> u8 {
    value.clamp(0.0, 255.0).floor() as u8
}

fn luminance([red, green, blue]: [f64; 3]) -> f64 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn to_linear(lightness: f64, chroma: f64, hue: f64) -> [f64; 3] {
    let (a, b) = (chroma * hue.cos(), chroma * hue.sin());
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
    ]
}

/// The colour a screen shows: with the most chroma, up to the one asked, that sRGB has at this lightness.
fn shown(lightness: f64, chroma: f64, hue: f64) -> [f64; 3] {
    let fits = |colour: [f64; 3]| {
        colour
            .iter()
            .all(|part| (-0.000_1..=1.000_1).contains(part))
    };
    let whole = to_linear(lightness, chroma, hue);
    if fits(whole) {
        return whole;
    }
    let (mut inside, mut outside) = (0.0_f64, chroma);
    for _ in 0..24 {
        let middle = f64::midpoint(inside, outside);
        if fits(to_linear(lightness, middle, hue)) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    to_linear(lightness, inside, hue)
}
