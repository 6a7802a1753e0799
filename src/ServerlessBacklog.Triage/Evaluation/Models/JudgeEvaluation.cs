using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Evaluation.Duplicates;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Evaluation.Models;

/// <summary>Does a judge that reads the texts know duplicates better than the local one does?</summary>
public sealed class JudgeEvaluation : IModelEvaluation
{
    private const double LeastPrecision = 0.9;
    private const double LeastRecall = 0.3;

    /// <summary>What would be asked, and reached, from other probabilities on; from 0 on every report that has a candidate.</summary>
    private static readonly double[] Floors = [0, 0.02, 0.05, 0.1];

    public string Task => "duplicate-judge";

    public string Protocol =>
        "duplicates of the last fifth and as many other reports, their links hidden, are judged beside the candidates of the local judge among older reports; a verdict 'duplicate' is right when people linked the two, directly or through others.";

    public PromptFile Prompt => PromptList.DuplicateJudge;

    public string Bar => $"with the judge, precision {LeastPrecision:0.00} and recall {LeastRecall:0.00} at comment level (FEATURES D1)";

    public async Task<EvaluationResult> RunAsync(LabelledData data, EvaluatedModel model, IProgress<string> progress, CancellationToken cancellation)
    {
        var reports = new List<AskedPairs>();
        foreach (var (name, given) in TrackerGroups.Of(data.Test is null ? data.Items : [.. data.Items, .. data.Test]))
        {
            progress.Report(name);
            reports.AddRange(Reports(given, data, cancellation));
        }

        if (reports.Count == 0)
            throw new UserErrorException("No item is marked as a duplicate (duplicate_of) of an earlier one in the same tracker: there is nothing to judge.");
        var advice = new JudgeAdvice();
        var worth = reports.Where(r => advice.IsWorthAsking(r.About.Item, r.About.Finding, r.About.Context)).ToList();
        var duplicates = reports.Where(r => r.Earlier.Count > 0).ToList();
        var before = new Dictionary<string, double>
        {
            [Figure.Asked] = (double)worth.Count / reports.Count,
            [Figure.Reach] = duplicates.Count == 0 ? double.NaN : duplicates.Average(r => IsSure(r) || (worth.Contains(r) && r.About.Others.Any(o => r.Earlier.Contains(o.Ref))) ? 1.0 : 0),
        };
        foreach (var floor in Floors)
        {
            var found = reports.Select(r => (r.Earlier, Likely: r.Candidates.Where(c => c.Probability >= floor).Select(c => c.Item).ToList())).ToList();
            before[Figure.At(Figure.Asked, floor)] = found.Average(f => f.Likely.Count > 0 ? 1.0 : 0);
            before[Figure.At(Figure.Reach, floor)] = found.Where(f => f.Earlier.Count > 0).Select(f => f.Likely.Exists(f.Earlier.Contains) ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average();
        }

        if (!model.MayAsk)
            return Result(new Measured(reports.Count, before.Concat(CommentLevel(reports, r => r.About.Finding)).ToDictionary()) { Note = "local judge alone" }, "No model is configured: precision and recall are those of the local judge.");
        var picked = model.Pick(worth);
        var answers = await model.AskAsync(advice, [.. picked.Select(p => p.About)], progress, cancellation);
        var findings = picked.Zip(answers).ToDictionary(p => p.First, p => p.Second.Finding);
        // Reports about which nobody is asked stand as they are, as many of them as belong to those that were picked.
        var rest = reports.Except(worth).ToList();
        var all = picked.Concat(rest.Take((int)Math.Round((double)picked.Count / Math.Max(1, worth.Count) * rest.Count))).ToList();
        var figures = EvaluatedModel.Figures(answers).Concat(before).Concat(CommentLevel(all, r => findings.GetValueOrDefault(r, r.About.Finding))).Concat(Ratios(picked, answers)).ToDictionary();
        return Result(
            new Measured(all.Count, figures) { Baselines = new Dictionary<string, IReadOnlyDictionary<string, double>> { ["local judge"] = CommentLevel(all, r => r.About.Finding) } },
            "ratio_*: how much oftener a verdict is given to pairs that are duplicates than to others; triage reckons with 8, 1/6 and 1/20 (Steps/JudgedPair).");
    }

    public bool Passes(Measured pooled) =>
        pooled.Figures.GetValueOrDefault(Figure.Precision) >= LeastPrecision && pooled.Figures.GetValueOrDefault(Figure.Recall) >= LeastRecall;

    /// <summary>So sure, and right, that nobody need be asked.</summary>
    private static bool IsSure(AskedPairs report) =>
        report.About.Finding.EvidenceOf(EvidenceKind.Duplicate).Any(e => e.Value >= JudgeAdvice.SureAt && report.Earlier.Contains(e.Item!));

    private static EvaluationResult Result(Measured measured, string note) => new()
    {
        Pooled = measured,
        Projects = new Dictionary<string, Measured>(),
        Notes =
        [
            note,
            "reach: share of the duplicates of which the local judge is sure, or about which a model would be asked with the right candidate in hand; asked: share of all reports about which one would be. What reach lacks the cascade loses, whatever the model.",
            "The local judge has seen the other links of the set, later ones too: this compares two ways to the same items, it does not say how either does on new ones.",
        ],
    };

    private static IEnumerable<AskedPairs> Reports(IReadOnlyList<LabelledItem> given, LabelledData data, CancellationToken cancellation)
    {
        var ordered = given.Where(i => i.Item.Title.Length > 0).OrderBy(i => i.Item, Chronology.Order).ToList();
        var groups = new DuplicateGroups(ordered);
        var last = Enumerable.Range((int)(ordered.Count * 0.8), ordered.Count - (int)(ordered.Count * 0.8)).ToList();
        var duplicates = last.Where(i => groups.EarlierByLink(i).Count > 0).ToList();
        var others = last.Except(duplicates).Where(i => groups.Earlier(i).Count == 0).ToList();
        var asked = duplicates.Concat(Enumerable.Range(0, Math.Min(duplicates.Count, others.Count)).Select(i => others[i * others.Count / Math.Max(1, duplicates.Count)])).ToHashSet();
        if (duplicates.Count == 0)
            yield break;
        var hidden = ordered.Select((l, i) => asked.Contains(i)
            ? l.Item with { Links = [.. l.Item.Links.Where(x => x.Kind != LinkKind.DuplicateOf)], State = WorkItemState.Open, Resolution = null }
            : l.Item).ToList();
        var byRef = hidden.ToDictionary(i => i.Ref);
        var context = new StepContext { Now = DateTimeOffset.UnixEpoch, Backlog = BacklogSnapshot.Build(hidden, data.Encoder), BacklogName = EvaluatedModel.Backlog };
        var (step, advice) = (new DuplicatesStep(), new JudgeAdvice());
        foreach (var i in asked.Order())
        {
            cancellation.ThrowIfCancellationRequested();
            var finding = step.Examine(hidden[i], context);
            var candidates = advice.Others(hidden[i], finding, context).Where(byRef.ContainsKey).Select(c => byRef[c]).ToList();
            yield return new AskedPairs(new AdviceCase(hidden[i], finding, context, candidates), [.. groups.Earlier(i).Select(e => ordered[e].Item.Ref)])
            {
                Candidates = DuplicatesStep.Candidates(hidden[i], context, JudgeAdvice.MostCandidates, 0),
            };
        }
    }

    private static Dictionary<string, double> CommentLevel(IReadOnlyList<AskedPairs> reports, Func<AskedPairs, Finding> finding)
    {
        var said = reports.Select(r => (r.Earlier, Named: finding(r).EvidenceOf(EvidenceKind.Duplicate).FirstOrDefault(e => e.Value >= DuplicateModel.CommentAt)?.Item)).Where(s => s.Named is not null).ToList();
        var right = said.Count(s => s.Earlier.Contains(s.Named!));
        return new Dictionary<string, double>
        {
            [Figure.Precision] = said.Count == 0 ? double.NaN : (double)right / said.Count,
            [Figure.Recall] = reports.Count(r => r.Earlier.Count > 0) is > 0 and var all ? (double)right / all : double.NaN,
        };
    }

    /// <summary>P(verdict | duplicate) ÷ P(verdict | not), with half a case added to each count.</summary>
    private static IEnumerable<KeyValuePair<string, double>> Ratios(IReadOnlyList<AskedPairs> reports, IReadOnlyList<Advised> answers)
    {
        var pairs = reports.Zip(answers).SelectMany(p => p.Second.Verdicts.Select(v => (v.Value, IsDuplicate: p.First.Earlier.Contains(v.Key)))).ToList();
        var (yes, no) = (pairs.Count(p => p.IsDuplicate), pairs.Count(p => !p.IsDuplicate));
        return Enum.GetValues<PairVerdict>().Select(v => KeyValuePair.Create(
            Figure.Ratio(v.ToString().ToLowerInvariant()),
            (pairs.Count(p => p.IsDuplicate && p.Value == v) + 0.5) / (yes + 1.5) / ((pairs.Count(p => !p.IsDuplicate && p.Value == v) + 0.5) / (no + 1.5))));
    }

    /// <param name="Earlier">Earlier reports that people called the same.</param>
    private sealed record AskedPairs(AdviceCase About, IReadOnlySet<WorkItemRef> Earlier)
    {
        public AskedPairs(AdviceCase about, IReadOnlyList<WorkItemRef> earlier)
            : this(about, earlier.ToHashSet())
        {
        }

        /// <summary>The likeliest ones, however unlikely.</summary>
        public IReadOnlyList<(WorkItemRef Item, double Probability)> Candidates { get; init; } = [];

        public bool Equals(AskedPairs? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => About.Item.Ref.GetHashCode();
    }
}
