namespace ServerlessBacklog.Triage.Evaluation;

/// <summary>Names of figures in <c>eval --json</c>. Scripts depend on them: they never change.</summary>
public static class Figure
{
    public const string RecallAt1 = "recall_at_1";
    public const string RecallAt5 = "recall_at_5";
    public const string RecallAt10 = "recall_at_10";
    public const string RecallAt20 = "recall_at_20";
    public const string Mrr = "mrr";
    public const string Map = "map";
    public const string Top1 = "top_1";
    public const string Top3 = "top_3";
    public const string Top5 = "top_5";

    /// <summary>Mean over projects instead of questions: <c>macro_top_1</c>.</summary>
    public static string Macro(string figure) => $"macro_{figure}";

    public const string Accuracy = "accuracy";
    public const string MacroF1 = "macro_f1";

    /// <summary>Of two items of which one is more urgent, how often it is ranked first; ties count half. Pooled: the mean over projects.</summary>
    public const string RankAuc = "rank_auc";

    /// <summary>Mean absolute error, in the unit of the label.</summary>
    public const string Mae = "mae";

    /// <summary>Error over that of the training median; pooled: the geometric mean over projects.</summary>
    public const string MaeRatioToMedian = "mae_ratio_to_median";

    /// <summary>The same for a model that goes on learning through the part that is asked.</summary>
    public const string MaeRatioRunning = "mae_ratio_running";

    /// <summary>Share of actual values inside the interval.</summary>
    public const string Coverage = "coverage";

    /// <summary>Share that the interval shall hold.</summary>
    public const string Level = "level";

    /// <summary>Mean width of the interval over that of the plain quantiles' interval.</summary>
    public const string WidthRatio = "width_ratio";

    /// <summary>Expected calibration error.</summary>
    public const string Ece = "ece";

    /// <summary>Share of the answers that are right.</summary>
    public const string Precision = "precision";

    /// <summary>Share of what there was to find that was found.</summary>
    public const string Recall = "recall";

    public const string F1 = "f1";

    /// <summary>Median of the absolute errors, in days.</summary>
    public const string MedianError = "mdae";

    /// <summary>Share of the estimates within a factor of two, half a day of slack.</summary>
    public const string Within2x = "within_2x";

    /// <summary>Share of actual values between two bounds, where <see cref="Coverage"/> is that of one.</summary>
    public const string IntervalCoverage = "interval_coverage";

    /// <summary>Share that shall lie between them.</summary>
    public const string IntervalLevel = "interval_level";

    /// <summary>Share of the forecasts "at least so many" that held.</summary>
    public const string CountCoverage = "count_coverage";

    /// <summary>Share of the dates of the next 25 items that held.</summary>
    public const string LaterCoverage = "coverage_next_25";

    /// <summary>Share that passes the gate of its prompt.</summary>
    public const string Passed = "passed";

    /// <summary>Share of the answers that had to be mended once.</summary>
    public const string Mended = "mended";

    public const string TokensPerQuestion = "tokens_per_question";

    /// <summary>Mean of signs of a good story, 0 … 1.</summary>
    public const string Invest = "invest";

    /// <summary>Share of pairs in which a judge prefers ours.</summary>
    public const string Preferred = "preferred";

    /// <summary>Share of vague items that are asked about.</summary>
    public const string AskedOnVague = "asked_on_vague";

    /// <summary>Share of clear items that are asked about all the same.</summary>
    public const string AskedOnClear = "asked_on_clear";

    public const string QuestionsPerItem = "questions_per_item";

    /// <summary>Share of what there is to find that comes before the model at all.</summary>
    public const string Reach = "reach";

    /// <summary>Share of the items about which a model is asked.</summary>
    public const string Asked = "asked";

    /// <summary>The same from another probability on: <c>reach_at_0.05</c>.</summary>
    public static string At(string figure, double probability) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{figure}_at_{probability:0.##}");

    /// <summary>How much oftener a verdict is given to pairs that are duplicates than to others.</summary>
    public static string Ratio(string verdict) => $"ratio_{verdict}";

    /// <summary>Share of the vague items that become drafts which pass the gate.</summary>
    public const string BuiltOut = "built_out";

    /// <summary>Share of the items of low value that are proposed for the archive.</summary>
    public const string ArchiveProposed = "archive_proposed";

    /// <summary>Share of the proposals for the archive that a reader would make too.</summary>
    public const string ArchivePrecision = "archive_precision";

    /// <summary>Protected items among the proposals for the archive: how many.</summary>
    public const string ProtectedProposed = "protected_proposed";

    /// <summary>Share of the questions that were answered.</summary>
    public const string Answered = "answered";
}
