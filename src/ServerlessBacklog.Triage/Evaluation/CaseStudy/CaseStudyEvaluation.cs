using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Evaluation.Models;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Evaluation.CaseStudy;

/// <summary>
/// How much of a backlog is built out and how much is proposed for the archive, beside what others claimed (FEATURES G3, G4). Rules alone are always measured; where
/// a language model is configured, it is asked about those vague items that the rules leave open.
/// </summary>
public sealed class CaseStudyEvaluation : IModelEvaluation
{
    private const double LeastPassed = 0.8;

    public string Task => "case-study";

    public string Protocol =>
        "all steps look at a backlog that a reader labelled (vague, low_value, protected, held_out): vague items become drafts that pass the gate, items of low value are proposed for the archive, protected ones never.";

    public PromptFile Prompt => PromptList.Story;

    public string Bar => $"at least {LeastPassed:P0} of the vague items become drafts that pass the gate";

    public async Task<EvaluationResult> RunAsync(LabelledData data, EvaluatedModel model, IProgress<string> progress, CancellationToken cancellation)
    {
        var items = data.Items.Concat(data.Test ?? []).Where(i => i.Item.Title.Length > 0).ToList();
        if (!items.Exists(i => i.Vague is not null) || !items.Exists(i => i.LowValue is not null))
            throw new UserErrorException("No record says whether it is vague and of low value: give records with \"vague\" and \"low_value\", as in tests/fixtures/case-study/backlog.jsonl.");
        progress.Report("steps");
        var run = await CaseStudyRun.OfAsync([.. items.Select(i => i.Item)], data.Encoder, cancellation);
        var rules = items.Where(i => i.Vague == true && CaseStudyRun.IsBuiltOut(i.Item, run.Story(i.Item.Ref))).Select(i => i.Item.Ref).ToHashSet();
        var archived = items.Where(i => run.ProposesArchive(i.Item.Ref)).Select(i => i.Item.Ref).ToHashSet();
        var answers = model.MayAsk ? await AskAsync(items, rules, run, model, progress, cancellation) : null;
        var built = answers is null ? rules
            : [.. rules, .. answers.Where(a => a.Answer.Call.IsAnswered && CaseStudyRun.IsBuiltOut(a.Item, a.Answer.Finding)).Select(a => a.Item.Ref)];
        (string Name, List<LabelledItem> Items)[] parts = [("developed on", [.. items.Where(i => !i.IsHeldOut)]), ("held out", [.. items.Where(i => i.IsHeldOut)])];
        var pooled = Figures(items, built, archived);
        return new EvaluationResult
        {
            Pooled = pooled with
            {
                Figures = answers is null || answers.Count == 0 ? pooled.Figures
                    : pooled.Figures.Concat(EvaluatedModel.Figures([.. answers.Select(a => a.Answer)])).Append(new(Figure.Passed, pooled.Figures[Figure.BuiltOut])).ToDictionary(),
                Baselines = answers is null ? pooled.Baselines : new Dictionary<string, IReadOnlyDictionary<string, double>> { ["rules alone"] = Figures(items, rules, archived).Figures },
            },
            Projects = parts.Where(p => p.Items.Count > 0).ToDictionary(p => p.Name, p => Figures(p.Items, built, archived)),
            Notes =
            [
                .. parts.Append(("all", items)).Where(p => p.Item2.Count > 0).SelectMany(p => Lines(p.Item1, p.Item2, built, archived)),
                answers is null ? "Without a language model. A draft by rules holds only what the item says, so an item that says little stays an outline with questions."
                    : $"With a language model, asked about {answers.Count} items; rules alone: {Claim.BuiltOut.Beside("all", rules.Count, items.Count(i => i.Vague == true))}",
                "The archive is proposed by rules, with or without a model; nothing is closed before a person approves.",
            ],
        };
    }

    public bool Passes(Measured pooled) => pooled.Figures.GetValueOrDefault(Figure.BuiltOut) >= LeastPassed;

    private static async Task<IReadOnlyList<(WorkItem Item, Advised Answer)>> AskAsync(
        List<LabelledItem> items, HashSet<WorkItemRef> built, CaseStudyRun run, EvaluatedModel model, IProgress<string> progress, CancellationToken cancellation)
    {
        var advice = new StoryAdvice();
        var cases = items.Where(i => i.Vague == true && !built.Contains(i.Item.Ref))
            .Select(i => (i.Item, Story: run.Story(i.Item.Ref)))
            .Where(i => i.Story is { } story && advice.IsWorthAsking(i.Item, story, run.Context))
            .Select(i => new AdviceCase(i.Item, i.Story!, run.Context with { BacklogName = EvaluatedModel.Backlog }, [])).ToList();
        var asked = model.Pick(cases);
        var answers = await model.AskAsync(advice, asked, progress, cancellation);
        return [.. asked.Zip(answers, (about, answer) => (about.Item, answer))];
    }

    private static Measured Figures(List<LabelledItem> items, HashSet<WorkItemRef> built, HashSet<WorkItemRef> archived)
    {
        var vague = items.Where(i => i.Vague == true).Select(i => built.Contains(i.Item.Ref) ? 1.0 : 0).ToList();
        var low = items.Where(i => i.LowValue == true).Select(i => archived.Contains(i.Item.Ref) ? 1.0 : 0).ToList();
        var proposed = items.Where(i => archived.Contains(i.Item.Ref)).ToList();
        return new Measured(items.Count, new Dictionary<string, double>
        {
            [Figure.BuiltOut] = Mean(vague),
            [Figure.ArchiveProposed] = Mean(low),
            [Figure.ArchivePrecision] = Mean([.. proposed.Select(i => i.LowValue == true ? 1.0 : 0)]),
            [Figure.ProtectedProposed] = proposed.Count(i => i.Protected is not null),
        })
        {
            Intervals = new Dictionary<string, Interval> { [Figure.BuiltOut] = Bootstrap.OfMean(vague), [Figure.ArchiveProposed] = Bootstrap.OfMean(low) },
        };
    }

    private static IEnumerable<string> Lines(string part, List<LabelledItem> items, HashSet<WorkItemRef> built, HashSet<WorkItemRef> archived)
    {
        var vague = items.Where(i => i.Vague == true).ToList();
        var low = items.Where(i => i.LowValue == true).ToList();
        var proposed = items.Where(i => archived.Contains(i.Item.Ref)).ToList();
        yield return Claim.BuiltOut.Beside(part, vague.Count(i => built.Contains(i.Item.Ref)), vague.Count);
        yield return Claim.Archived.Beside(part, low.Count(i => archived.Contains(i.Item.Ref)), low.Count);
        yield return $"proposals for the archive, {part}: {proposed.Count}, of which {proposed.Count(i => i.LowValue != true)} are not of low value by the reader, and {proposed.Count(i => i.Protected is not null)} protected.";
    }

    private static double Mean(List<double> values) => values.Count == 0 ? double.NaN : values.Average();
}
