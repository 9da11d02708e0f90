//! The operations of the API, and the permission that each one asks of staff.

use tenants::Permission;

/// The permission of each operation for staff. An operation that is missing here fails the test.
pub const NEEDED: &[(&str, Permission)] = &[
    ("deleteCurrentSession", Permission::UseAccount),
    ("getAccount", Permission::UseAccount),
    ("listCases", Permission::ReadCases),
    ("getCase", Permission::ReadCases),
    ("claimCase", Permission::HandleCases),
    ("releaseCase", Permission::HandleCases),
    ("createContactMoment", Permission::HandleCases),
    ("closeCase", Permission::HandleCases),
    ("createCase", Permission::HandleCases),
    ("reopenCase", Permission::HandleCases),
    ("convertCase", Permission::HandleCases),
    ("replaceCaseCategory", Permission::HandleCases),
    ("previewMerge", Permission::HandleCases),
    ("mergeCase", Permission::HandleCases),
    ("unmergeCase", Permission::HandleCases),
    ("listCategories", Permission::ReadCategories),
    ("createCategory", Permission::ManageCategories),
    ("replaceCategory", Permission::ManageCategories),
    ("listTeams", Permission::ReadTeams),
    ("createTeam", Permission::ManageTeams),
    ("replaceTeam", Permission::ManageTeams),
    ("getFile", Permission::ReadCases),
    ("listQuarantinedMessages", Permission::ReadCases),
    ("getQuarantinedMessage", Permission::ReadCases),
    ("restoreQuarantinedMessage", Permission::HandleCases),
    ("listGiftBudgets", Permission::ReadGifts),
    ("createGiftBudget", Permission::ManageGifts),
    ("getGiftBudget", Permission::ReadGifts),
    ("getGiftBudgetClosing", Permission::ManageGifts),
    ("closeGiftBudget", Permission::ManageGifts),
    ("createGiftTransfer", Permission::ManageGifts),
    ("listGiftEntries", Permission::InspectGifts),
    ("getGiftBudgetVerification", Permission::InspectGifts),
    ("getGiftBudgetStatement", Permission::InspectGifts),
    ("getGiftLedgerFile", Permission::InspectGifts),
    ("getGiftRules", Permission::ReadGifts),
    ("replaceGiftRules", Permission::ManageGifts),
    ("listGiftRulesVersions", Permission::ReadGifts),
    ("listGivenGifts", Permission::InspectGifts),
    ("getGiftTotals", Permission::ReportGifts),
    ("listEntriesOfGift", Permission::ReadGifts),
    ("listGiftReceipts", Permission::ReadGifts),
    ("getGiftReceipt", Permission::ReadGifts),
    ("listOwnGifts", Permission::GiveGifts),
    ("createFreeGift", Permission::GiveGifts),
    ("assessGift", Permission::GiveGifts),
    ("getGift", Permission::ReadGifts),
    ("createGift", Permission::GiveGifts),
    ("listCaseGifts", Permission::ReadCases),
    ("handOverGift", Permission::GiveGifts),
    ("cancelGift", Permission::GiveGifts),
    ("createGiftReceipt", Permission::GiveGifts),
    ("approveGift", Permission::ManageGifts),
    ("declineGift", Permission::ManageGifts),
    ("checkGiftReceipt", Permission::ManageGifts),
    ("correctGift", Permission::ManageGifts),
    ("reverseGift", Permission::ManageGifts),
    ("listPracticeDrafts", Permission::ReadPractices),
    ("getPracticeDraft", Permission::ReadPractices),
    ("createPracticeDraft", Permission::EditPractices),
    ("publishPracticeDraft", Permission::EditPractices),
    ("withdrawPractice", Permission::EditPractices),
    ("getFormDraft", Permission::ReadForms),
    ("createFormDraft", Permission::EditForms),
    ("replaceFormDraft", Permission::EditForms),
    ("importFormDraft", Permission::EditForms),
    ("beginFormDraft", Permission::EditForms),
    ("deleteFormDraft", Permission::EditForms),
    ("exportFormDraft", Permission::ReadForms),
    ("listFormTranslations", Permission::ReadForms),
    ("updateFormTranslations", Permission::EditForms),
    ("publishFormDraft", Permission::EditForms),
    ("listFormVersions", Permission::ReadForms),
    ("getFormVersion", Permission::ReadForms),
    ("withdrawFormVersion", Permission::EditForms),
    ("listFormDifferences", Permission::ReadForms),
    ("getFormSchedule", Permission::ReadForms),
    ("replaceFormSchedule", Permission::EditForms),
    ("listStaffMembers", Permission::ReadStaff),
    ("inviteStaffMember", Permission::ManageStaff),
    ("reinviteStaffMember", Permission::ManageStaff),
    ("setStaffMemberRoles", Permission::ManageStaff),
    ("setStaffMemberAccess", Permission::ManageStaff),
    ("listAuditEntries", Permission::ReadAudit),
    ("getCalendar", Permission::ReadCalendars),
    ("replaceCalendar", Permission::ManageCalendars),
    ("previewCalendar", Permission::ManageCalendars),
    ("listServiceRules", Permission::ReadCalendars),
    ("createServiceRule", Permission::ManageCalendars),
    ("simulateDeadline", Permission::ReadCalendars),
    ("listDeadlineFeeds", Permission::ReadCases),
    ("createDeadlineFeed", Permission::ReadCases),
    ("deleteDeadlineFeed", Permission::ReadCases),
    ("listCalendarVersions", Permission::ReadCalendars),
    ("getLegalCalendar", Permission::ReadCalendars),
    ("listCalendarProposals", Permission::ReadCalendars),
    ("createCalendarProposal", Permission::ManageCalendars),
    ("approveCalendarProposal", Permission::ManageCalendars),
    ("rejectCalendarProposal", Permission::ManageCalendars),
    ("withdrawCalendarProposal", Permission::ManageCalendars),
    ("listCaseClocks", Permission::ReadCases),
    ("pauseClock", Permission::HandleCases),
    ("resumeClock", Permission::HandleCases),
    ("adjournClock", Permission::HandleCases),
    ("agreeClock", Permission::HandleCases),
    ("adviseClock", Permission::HandleCases),
    ("refuseClock", Permission::HandleCases),
    ("finishClock", Permission::HandleCases),
    ("listJobs", Permission::OperatePlatform),
    ("retryJobs", Permission::OperatePlatform),
    ("retryJob", Permission::OperatePlatform),
];

/// Operations open to everybody: their parameters are codes and slugs, tested below as well.
pub const OPEN: &[&str] = &[
    "getDescription",
    "getOrganisation",
    "createSession",
    "refreshSession",
    "listForms",
    "getForm",
    "createSubmission",
    "createUpload",
    "getReceipt",
    "getScoreInvitation",
    "createScore",
    "listPractices",
    "getPractice",
];

/// An operation of the description of the API.
pub struct Operation {
    /// Its name.
    pub id: String,
    /// Its method, in capitals.
    pub method: String,
    /// Its path below `/api/v1`, with parameters in braces.
    pub path: String,
    /// Whether it asks for a sign-in.
    pub signed: bool,
}

/// Every operation of the description.
pub fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(api::document()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
                signed: operation.get("security").is_some(),
            });
        }
    }
    operations
}
