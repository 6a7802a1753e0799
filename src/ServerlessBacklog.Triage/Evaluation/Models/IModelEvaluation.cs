using ServerlessBacklog.Triage.Evaluation.CaseStudy;
using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Triage.Evaluation.Models;

/// <summary>Measures what a language model makes of one prompt, by checks that code can do. Asks the model that is configured, on its budget.</summary>
public interface IModelEvaluation
{
    /// <summary>The task's name on the command line: <c>groom</c>.</summary>
    string Task { get; }

    string Protocol { get; }

    /// <summary>The prompt that passes or fails.</summary>
    PromptFile Prompt { get; }

    /// <summary>What it takes to pass, in words.</summary>
    string Bar { get; }

    /// <exception cref="Ports.UserErrorException">The data cannot serve this task; the message says why.</exception>
    Task<EvaluationResult> RunAsync(LabelledData data, EvaluatedModel model, IProgress<string> progress, CancellationToken cancellation);

    bool Passes(Measured pooled);
}

/// <summary>All of them. A new one is a file beside this one and a line here.</summary>
public static class ModelEvaluationList
{
    public static IReadOnlyList<IModelEvaluation> All { get; } = [new GroomEvaluation(), new ClarifyEvaluation(), new JudgeEvaluation(), new CaseStudyEvaluation()];

    public static IModelEvaluation? Find(string task) => All.FirstOrDefault(e => e.Task == task);
}
