namespace ServerlessBacklog.Triage.Evaluation;

/// <summary>Measures one kind of decision on labelled backlogs. Pure: reads nothing but the data.</summary>
public interface IEvaluation
{
    /// <summary>The task's name on the command line: <c>duplicates</c>.</summary>
    string Task { get; }

    /// <summary>One sentence: what is asked, of which part, and what it is compared with.</summary>
    string Protocol { get; }

    /// <param name="progress">Receives the name of what is being measured.</param>
    /// <exception cref="Ports.UserErrorException">The data cannot serve this task; the message says why.</exception>
    EvaluationResult Run(LabelledData data, IProgress<string> progress, CancellationToken cancellation);
}
