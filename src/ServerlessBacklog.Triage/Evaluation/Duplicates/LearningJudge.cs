using ServerlessBacklog.Analysis.Similarity.Duplicates;

namespace ServerlessBacklog.Triage.Evaluation.Duplicates;

/// <summary>A judge that learns as reports come in, as a nightly sweep would: anew whenever the known duplicates have grown by a quarter.</summary>
internal sealed class LearningJudge
{
    private const double Growth = 1.25;
    private const int FewestDuplicates = 8;

    private readonly List<DuplicateCase> duplicates = [];
    private readonly List<DuplicateCase> recent = [];
    private readonly DuplicateJudge shipped;
    private int learnedAt;

    public LearningJudge(DuplicateJudge shipped) => Judge = this.shipped = shipped;

    public DuplicateJudge Judge { get; private set; }

    public void Add(AskedReport report)
    {
        if (report.ToCase() is not { } known)
            return;
        recent.Add(known);
        if (recent.Count > DuplicateJudge.MostCases)
            recent.RemoveAt(0);
        if (!known.IsDuplicate)
            return;
        duplicates.Add(known);
        if (duplicates.Count < FewestDuplicates || duplicates.Count < learnedAt * Growth)
            return;
        learnedAt = duplicates.Count;
        Judge = shipped.Learn(duplicates, recent);
    }
}
