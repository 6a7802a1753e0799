using System.Text.Json;
using ServerlessBacklog.Analysis.Calibration;
using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Analysis.Similarity.Duplicates;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Learning;

/// <summary>Purpose: learns from the backlog's own duplicates what makes two of its items the same.</summary>
public sealed class DuplicateLearner : ILearner
{
    public const string ModelName = "duplicates";

    private const int OwnFormat = 1;

    /// <summary>The part that is asked in the trial, the newest.</summary>
    private const double TriedPart = 0.2;

    /// <summary>The model in use stays when it is better by more than this in mean average precision: less is chance (own choice).</summary>
    private const double Margin = 0.02;

    public string Name => ModelName;

    public int Format => OwnFormat;

    public LearnedModel? Learn(BacklogSnapshot backlog, LearnedModel? before)
    {
        var cases = DuplicateCases.Of(backlog);
        if (!cases.AreEnough)
            return null;
        var shipped = ShippedJudge.For(backlog.HasMeanings);
        var first = (int)(cases.Duplicates.Count * (1 - TriedPart));
        var asked = cases.Duplicates.Skip(first).ToList();
        var trial = Figure(shipped.Learn([.. cases.Duplicates.Take(first)], [.. cases.Recent.Except(asked)]), asked);
        if (before is not null && Figure(Read(before.Weights), asked) is var now && now > trial + Margin)
        {
            return before with
            {
                DataHash = backlog.Version,
                KeptBecause = FormattableString.Invariant($"on the newest {asked.Count} duplicates it ranks better ({now:0.000}) than what would be learned today ({trial:0.000})."),
            };
        }

        var judge = shipped.Learn(cases.Duplicates, cases.Recent);
        return new LearnedModel(ModelName, OwnFormat, (before?.Version ?? 0) + 1, backlog.Version, cases.Duplicates.Count, trial, Write(judge));
    }

    /// <summary>The judge in use: what was stored, else what this snapshot teaches by itself.</summary>
    public static DuplicateJudge JudgeFor(BacklogSnapshot backlog) =>
        backlog.Learned.Find(ModelName, OwnFormat) is { } stored ? backlog.Model(_ => new Opened(Read(stored.Weights))).Judge : backlog.Trained(Taught.By).Judge;

    /// <summary>Mean average precision over the cases, 0 … 1.</summary>
    private static double Figure(DuplicateJudge judge, IReadOnlyList<DuplicateCase> cases) => cases.Average(c => new Ranking(
        [.. judge.Judge(c.Candidates).Select((j, i) => (j.Candidate, Place: i + 1)).Where(j => c.Repeats[j.Candidate]).Select(j => j.Place)],
        c.Repeats.Count(r => r)).AveragePrecision);

    private static string Write(DuplicateJudge judge) => JsonSerializer.Serialize(new Stored(judge.Ranking.Weights, Row(judge.Verdict), Row(judge.Calibration)));

    private static DuplicateJudge Read(string weights)
    {
        var stored = JsonSerializer.Deserialize<Stored>(weights)!;
        return new DuplicateJudge(new ChoiceModel(stored.Ranking), Model(stored.Verdict), Model(stored.Calibration));
    }

    private static double[] Row(LogisticRegression model) => [model.Bias, .. model.Weights];

    private static LogisticRegression Model(IReadOnlyList<double> row) => new(row[0], [.. row.Skip(1)]);

    private sealed record Stored(IReadOnlyList<double> Ranking, IReadOnlyList<double> Verdict, IReadOnlyList<double> Calibration);

    private sealed record Opened(DuplicateJudge Judge);

    /// <summary>For a snapshot that no sweep has taught: a test, a first look.</summary>
    private sealed record Taught(DuplicateJudge Judge)
    {
        public static Taught By(BacklogSnapshot backlog)
        {
            var (shipped, cases) = (ShippedJudge.For(backlog.HasMeanings), DuplicateCases.Of(backlog));
            return new Taught(cases.AreEnough ? shipped.Learn(cases.Duplicates, cases.Recent) : shipped);
        }
    }
}
