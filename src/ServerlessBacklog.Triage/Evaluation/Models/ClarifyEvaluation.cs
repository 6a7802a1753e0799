using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Evaluation.Models;

/// <summary>Are vague items asked about, and clear ones left alone?</summary>
public sealed class ClarifyEvaluation : IModelEvaluation
{
    private const double LeastAnswered = 0.95;
    private const double LeastAsked = 0.8;

    public string Task => "clarify";

    public string Protocol => "each item that a reader labelled (vague: true or false) and that the rules find lacking is asked about; a question on a vague item is wanted, one on a clear item is noise.";

    public PromptFile Prompt => PromptList.Clarify;

    public string Bar => $"{LeastAnswered:P0} answered, questions on {LeastAsked:P0} of the vague items, and on no more of the clear ones than the rules ask on";

    public async Task<EvaluationResult> RunAsync(LabelledData data, EvaluatedModel model, IProgress<string> progress, CancellationToken cancellation)
    {
        var labelled = data.Items.Concat(data.Test ?? []).Where(i => i.Vague is not null).ToList();
        if (labelled.Count == 0)
            throw new UserErrorException("No record says whether it is vague: give records with \"vague\": true or false, as in tests/fixtures/clarity-set.jsonl.");
        var context = new StepContext { Now = DateTimeOffset.UnixEpoch, Backlog = BacklogSnapshot.Build([]), BacklogName = EvaluatedModel.Backlog };
        var advice = new ClarifyAdvice();
        var all = labelled.Select(l => (l, Item: l.Item with { State = WorkItemState.Open })).Select(p => (p.l.Vague, About: new AdviceCase(p.Item, new ClarityStep().Examine(p.Item, context), context, []))).ToList();
        var worth = all.Where(c => advice.IsWorthAsking(c.About.Item, c.About.Finding, context)).ToList();
        var lost = all.Where(c => c.Vague == true).ToList() is { Count: > 0 } vague ? vague.Average(c => advice.IsWorthAsking(c.About.Item, c.About.Finding, context) ? 1.0 : 0) : double.NaN;
        var rules = Asked([.. all.Select(c => (c.Vague!.Value, c.About.Finding))]);
        if (!model.MayAsk)
            return Result(new Measured(all.Count, new Dictionary<string, double>(rules) { [Figure.Reach] = lost }) { Note = "by rules alone" }, "No model is configured: these are the questions by rules.");
        var picked = model.Pick(worth);
        var answers = await model.AskAsync(advice, [.. picked.Select(p => p.About)], progress, cancellation);
        var figures = EvaluatedModel.Figures(answers);
        foreach (var (name, value) in Asked([.. picked.Zip(answers, (p, a) => (p.Vague!.Value, a.Finding))]))
            figures[name] = value;
        figures[Figure.Reach] = lost;
        return Result(
            new Measured(picked.Count, figures) { Baselines = new Dictionary<string, IReadOnlyDictionary<string, double>> { ["rules"] = Asked([.. picked.Select(p => (p.Vague!.Value, p.About.Finding))]) } },
            "The rules are measured on the same items.");
    }

    public bool Passes(Measured pooled) =>
        pooled.Figures.GetValueOrDefault(Figure.Answered) >= LeastAnswered
        && pooled.Figures.GetValueOrDefault(Figure.AskedOnVague) >= LeastAsked
        && pooled.Figures.GetValueOrDefault(Figure.AskedOnClear, 1) <= pooled.Baselines["rules"][Figure.AskedOnClear];

    private static EvaluationResult Result(Measured measured, string note) => new()
    {
        Pooled = measured,
        Projects = new Dictionary<string, Measured>(),
        Notes = [note, "reach: share of the vague items that the rules find lacking, so that a model is asked at all; the others are what the cascade loses."],
    };

    private static Dictionary<string, double> Asked(IReadOnlyList<(bool Vague, Finding Finding)> findings)
    {
        var (vague, clear) = (findings.Where(f => f.Vague).ToList(), findings.Where(f => !f.Vague).ToList());
        return new Dictionary<string, double>
        {
            [Figure.AskedOnVague] = Share(vague),
            [Figure.AskedOnClear] = Share(clear),
            [Figure.QuestionsPerItem] = findings.Count == 0 ? double.NaN : findings.Average(f => f.Finding.EvidenceOf(EvidenceKind.Question).Count()),
        };

        static double Share(List<(bool Vague, Finding Finding)> some) => some.Count == 0 ? double.NaN : some.Average(f => f.Finding.EvidenceOf(EvidenceKind.Question).Any() ? 1.0 : 0);
    }
}
