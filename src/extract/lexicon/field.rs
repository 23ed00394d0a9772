//! What a column or a label of a plan holds.

use serde::{Deserialize, Serialize};

/// What a column or a label of a plan holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Code,
    Indicator,
    Objective,
    Weight,
    ObjectiveWeight,
    RevisedObjectiveWeight,
    Baseline,
    Target,
    RevisedTarget,
    Actual,
    Variance,
    Achievement,
    ObjectiveAchievement,
    GroupAchievement,
    PointsAvailable,
    Points,
    Algorithm,
    Unit,
    DataSource,
    Frequency,
    Owner,
    /// Who answers, as a column; as a form's label it may speak of anybody.
    Responsible,
    /// The name of a card, where a code goes before it.
    Title,
    Type,
    Note,
    StrategicLink,
    Section,
    Mission,
    SectorPerformance,
    AreaPerformance,
    /// Known, and not kept.
    Known,
}

impl Field {
    /// The name the lexicon's file uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Code => "code",
            Field::Indicator => "indicator",
            Field::Objective => "objective",
            Field::Weight => "weight",
            Field::ObjectiveWeight => "objective_weight",
            Field::RevisedObjectiveWeight => "revised_objective_weight",
            Field::Baseline => "baseline",
            Field::Target => "target",
            Field::RevisedTarget => "revised_target",
            Field::Actual => "actual",
            Field::Variance => "variance",
            Field::Achievement => "achievement",
            Field::ObjectiveAchievement => "objective_achievement",
            Field::GroupAchievement => "group_achievement",
            Field::PointsAvailable => "points_available",
            Field::Points => "points",
            Field::Algorithm => "algorithm",
            Field::Unit => "unit",
            Field::DataSource => "data_source",
            Field::Frequency => "frequency",
            Field::Owner => "owner",
            Field::Responsible => "responsible",
            Field::Title => "title",
            Field::Type => "type",
            Field::Note => "note",
            Field::StrategicLink => "strategic_link",
            Field::Section => "section",
            Field::Mission => "mission",
            Field::SectorPerformance => "sector_performance",
            Field::AreaPerformance => "area_performance",
            Field::Known => "known",
        }
    }
}
