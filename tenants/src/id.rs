//! Typed ids and enums stored as text, so that a staff id cannot be passed where a case id is expected.

/// A text that is not a value of an enum.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is not a {kind}")]
pub struct UnknownText {
    /// Name of the enum.
    pub kind: &'static str,
    /// What was found instead.
    pub value: String,
}

/// Declares an id: a UUID that cannot be mixed up with another one, storable in a column, readable in JSON and described in the API.
#[macro_export]
macro_rules! typed_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            $crate::serde::Serialize, $crate::serde::Deserialize,
            $crate::sea_orm::DeriveValueType,
        )]
        #[serde(transparent, crate = "tenants::serde")]
        pub struct $name(pub uuid::Uuid);

        impl From<$crate::uuid::Uuid> for $name {
            fn from(id: $crate::uuid::Uuid) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl $crate::utoipa::PartialSchema for $name {
            fn schema() -> $crate::utoipa::openapi::RefOr<$crate::utoipa::openapi::Schema> {
                use $crate::utoipa::openapi::{KnownFormat, ObjectBuilder, SchemaFormat, Type};

                let uuid = ObjectBuilder::new().schema_type(Type::String);
                uuid.format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid))).into()
            }
        }

        impl $crate::utoipa::ToSchema for $name {}

        // Composite keys require it; ids are made by the clock, never counted by the database.
        impl $crate::sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, $crate::sea_orm::DbErr> {
                Err($crate::sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    };
}

/// Declares an enum that is stored as text, checked when read, with the same text in columns, JSON and log lines.
#[macro_export]
macro_rules! text_enum {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[doc = $doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            $crate::serde::Serialize, $crate::serde::Deserialize,
            $crate::sea_orm::DeriveValueType,
        )]
        #[sea_orm(value_type = "String")]
        #[serde(crate = "tenants::serde")]
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $text)] $variant),+
        }

        // Written out: the derive does not see words that come through a macro, and would describe the names of the variants.
        impl $crate::utoipa::PartialSchema for $name {
            fn schema() -> $crate::utoipa::openapi::RefOr<$crate::utoipa::openapi::Schema> {
                use $crate::utoipa::openapi::{ObjectBuilder, Type};

                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some([$($doc.trim()),*].join("\n")))
                    .enum_values(Some([$($text),+]))
                    .into()
            }
        }

        impl $crate::utoipa::ToSchema for $name {}

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text as it is stored.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownText;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    other => Err($crate::UnknownText { kind: stringify!($name), value: other.to_owned() }),
                }
            }
        }
    };
}

// The macros name this crate from outside; inside it that name needs to exist too.
extern crate self as tenants;

typed_id! {
    /// A municipality, or the platform itself.
    TenantId
}
typed_id! {
    /// A member of staff.
    StaffId
}
typed_id! {
    /// A sign-in: of a browser or of a program.
    SessionId
}
typed_id! {
    /// A link to choose a password.
    PasswordLinkId
}
