using System.Text.RegularExpressions;
using ServerlessBacklog.Analysis.Grooming;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Evaluation.Models;

/// <summary>How many vague items become stories that pass the gate, and whether a judge prefers them to the outline by rules.</summary>
public sealed partial class GroomEvaluation : IModelEvaluation
{
    /// <summary>Pairs that a judge compares, each in both orders.</summary>
    private const int Pairs = 30;

    private const double LeastPassed = 0.8;

    public string Task => "groom";

    public string Protocol =>
        "items that a reader called vague (or, where nobody judged, that the rules cannot put into a form) are drafted; a draft passes with role, want, benefit, two criteria, quotes that stand in the item and no new fact.";

    public PromptFile Prompt => PromptList.Story;

    public string Bar => $"at least {LeastPassed:P0} of the items become drafts that pass the gate, or are told to hold nothing to write from";

    public async Task<EvaluationResult> RunAsync(LabelledData data, EvaluatedModel model, IProgress<string> progress, CancellationToken cancellation)
    {
        var items = data.Items.Concat(data.Test ?? []).Where(i => i.Item.Title.Length > 0).ToList();
        var vague = items.Exists(i => i.Vague is not null) ? items.Where(i => i.Vague == true).ToList() : items;
        var context = new StepContext { Now = DateTimeOffset.UnixEpoch, Backlog = BacklogSnapshot.Build([]), BacklogName = EvaluatedModel.Backlog };
        var cases = new List<AdviceCase>();
        foreach (var labelled in vague)
        {
            var item = labelled.Item with { State = Domain.Items.WorkItemState.Open };
            var clarity = new ClarityStep().Examine(item, context);
            var outline = new StoryStep().Examine(item, context with { Earlier = new Dictionary<Domain.Items.WorkItemRef, IReadOnlyList<Finding>> { [item.Ref] = [clarity] } });
            if (outline.Status == FindingStatus.Decided)
                cases.Add(new AdviceCase(item, outline, context, []));
        }

        if (cases.Count == 0)
            throw new UserErrorException("No record lacks anything that a draft would show. Give vague items, as in tests/fixtures/clarity-set.jsonl.");
        var asked = model.Pick(cases);
        var outlines = asked.Average(c => c.Finding.Confidence.Value >= 0.5 ? 1.0 : 0);
        if (!model.MayAsk)
        {
            return new EvaluationResult
            {
                Pooled = new Measured(asked.Count, new Dictionary<string, double> { [Figure.Passed] = outlines }) { Note = "by rules alone" },
                Projects = new Dictionary<string, Measured>(),
                Notes = ["No model is configured: these are the outlines by rules."],
            };
        }

        var answers = await model.AskAsync(new StoryAdvice(), asked, progress, cancellation);
        var drafts = answers.Select(a => a.Call.IsAnswered ? StoryStep.DraftIn(a.Finding) : null).ToList();
        var passed = answers.Select(a => a.Call.IsAnswered).ToList();
        var figures = EvaluatedModel.Figures(answers);
        figures[Figure.Passed] = passed.Average(p => p ? 1.0 : 0);
        figures[Figure.Invest] = drafts.OfType<StoryDraft>().Select(Signs).DefaultIfEmpty(double.NaN).Average();
        var pairs = asked.Zip(drafts).Where(p => p.Second is { Criteria.Count: >= DraftGate.LeastCriteria } && StoryStep.DraftIn(p.First.Finding) is not null).Take(Pairs).ToList();
        progress.Report("pairs");
        var verdicts = new List<double>();
        foreach (var (about, draft) in pairs)
        {
            if (await PreferAsync(model, about, draft!, cancellation) is { } verdict)
                verdicts.Add(verdict);
        }

        figures[Figure.Preferred] = verdicts.Count == 0 ? double.NaN : verdicts.Average();
        return new EvaluationResult
        {
            Pooled = new Measured(asked.Count, figures)
            {
                Baselines = new Dictionary<string, IReadOnlyDictionary<string, double>> { ["rules"] = new Dictionary<string, double> { [Figure.Passed] = outlines } },
                Intervals = new Dictionary<string, Analysis.Evaluation.Interval> { [Figure.Passed] = Analysis.Evaluation.Bootstrap.OfMean([.. passed.Select(p => p ? 1.0 : 0)]) },
            },
            Projects = new Dictionary<string, Measured>(),
            Notes =
            [
                $"preferred: of {verdicts.Count} pairs (the draft and the outline by rules, in both orders) the share that the same model prefers; a pair that it judges by its place counts half. A model likes its own words: read it as a hint.",
                "invest: mean of five signs that code can read: depends on nothing, leaves room, names a benefit, is small (six criteria at most), can be checked.",
            ],
        };
    }

    public bool Passes(Measured pooled) => pooled.Figures.GetValueOrDefault(Figure.Passed) >= LeastPassed;

    /// <summary>1 where the draft is preferred in both orders, 0 where the outline is, ½ else; null where the judge gives no answer.</summary>
    private static async Task<double?> PreferAsync(EvaluatedModel model, AdviceCase about, StoryDraft draft, CancellationToken cancellation)
    {
        var (ours, theirs) = (DraftText.Of(draft), DraftText.Of(StoryStep.DraftIn(about.Finding)!));
        var (first, second) = (await BetterAsync(ours, theirs), await BetterAsync(theirs, ours));
        return first is null || second is null ? null
            : (first, second) is (Better.A, Better.B) ? 1
            : (first, second) is (Better.B, Better.A) ? 0 : 0.5;

        async Task<Better?> BetterAsync(string a, string b) => (await model.Desk.AskAsync(
            new ModelQuestion<DraftPair>(PromptList.DraftPair, EvaluatedModel.Backlog, "",
            [
                .. new StoryAdvice().Sources(about),
                new SourceText("draft A", a, ItemField.Body),
                new SourceText("draft B", b, ItemField.Body),
            ])
            {
                Faults = answer => answer.Why.Length > 300 ? ["the reason is longer than 300 characters"] : [],
                People = about.People(),
            },
            cancellation)).Value?.Better;
    }

    private static double Signs(StoryDraft draft)
    {
        var text = DraftText.Of(draft);
        bool[] signs =
        [
            !DependsOn().IsMatch(text),
            !HowNotWhat().IsMatch($"{draft.Want} {string.Join(' ', draft.Criteria)}"),
            draft.Benefit.Length > 3,
            draft.Criteria.Count <= 6,
            draft.Criteria.Count >= DraftGate.LeastCriteria && !Unmeasured().IsMatch(string.Join(' ', draft.Criteria)),
        ];
        return signs.Average(s => s ? 1.0 : 0);
    }

    [GeneratedRegex(@"\b(?:after|once|depends on|blocked by)\b.{0,40}\b(?:story|item|issue|ticket|task)\b", RegexOptions.IgnoreCase)]
    private static partial Regex DependsOn();

    [GeneratedRegex(@"\b(?:refactor|class|table|column|endpoint|microservice|framework|library)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HowNotWhat();

    [GeneratedRegex(@"\b(?:properly|correctly|fast enough|user-friendly|intuitive|as expected|etc)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Unmeasured();

    private enum Better
    {
        A,
        B,
        Neither,
    }

    private sealed record DraftPair(Better Better, string Why);
}
