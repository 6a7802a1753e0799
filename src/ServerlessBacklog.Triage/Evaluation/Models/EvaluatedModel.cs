using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Evaluation.Models;

/// <summary>The model under evaluation, asked as triage asks it: same prompts, same checks, same budget.</summary>
/// <param name="Desk">What asks.</param>
/// <param name="MayAsk">False where no model is configured: then only what comes before the asking is measured.</param>
/// <param name="Most">Cases that are asked about.</param>
public sealed record EvaluatedModel(ModelDesk Desk, bool MayAsk, int Most)
{
    /// <summary>In whose name, and on whose budget, evaluations ask.</summary>
    public const string Backlog = "evaluation";

    /// <summary>Cases, spread evenly over all so that no project or time is left out; always the same ones.</summary>
    public IReadOnlyList<T> Pick<T>(IReadOnlyList<T> all) => all.Count <= Most ? all : [.. Enumerable.Range(0, Most).Select(i => all[(int)((long)i * all.Count / Most)])];

    public async Task<IReadOnlyList<Advised>> AskAsync(StepAdvice advice, IReadOnlyList<AdviceCase> cases, IProgress<string> progress, CancellationToken cancellation)
    {
        var answers = new Advised[cases.Count];
        await Parallel.ForAsync(0, cases.Count, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation }, async (i, stop) =>
        {
            progress.Report(advice.Prompt.Name);
            answers[i] = await advice.AskAsync(Desk, cases[i], stop);
        });
        return answers;
    }

    /// <summary>What is the same for every prompt: answers, mended ones, tokens a question, and why there were none.</summary>
    public static Dictionary<string, double> Figures(IReadOnlyList<Advised> answers)
    {
        var figures = new Dictionary<string, double>
        {
            [Figure.Answered] = answers.Average(a => a.Call.IsAnswered ? 1.0 : 0),
            [Figure.Mended] = answers.Average(a => a.Call is { IsAnswered: true, Requests: > 1 } ? 1.0 : 0),
            [Figure.TokensPerQuestion] = answers.Average(a => (double)(a.Call.InputTokens + a.Call.OutputTokens)),
        };
        foreach (var (result, count) in answers.Where(a => !a.Call.IsAnswered).CountBy(a => a.Call.Result))
            figures[result] = (double)count / answers.Count;
        return figures;
    }
}
