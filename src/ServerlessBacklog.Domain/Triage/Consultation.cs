using System.Text.Json.Serialization;

namespace ServerlessBacklog.Domain.Triage;

/// <summary>One question to a language model behind a finding: enough to say later which prompt and model had a part in it, and none of its text.</summary>
/// <param name="Prompt">The prompt's name.</param>
/// <param name="Hash">Digest of the prompt's file: the same words give the same hash.</param>
/// <param name="Model">The model or deployment that was asked.</param>
/// <param name="Result"><see cref="Answered"/>, or why there is no answer: <c>invalid</c>, <c>refused</c>, <c>timed_out</c>, <c>suspicious</c> …</param>
public sealed record Consultation(string Prompt, int Version, string Hash, string Model, string Result)
{
    public const string Answered = "answered";

    /// <summary>True when the answer was given before and kept: it cost nothing now.</summary>
    public bool Reused { get; init; }

    /// <summary>Requests that it took: two when the first answer had to be mended.</summary>
    public int Requests { get; init; }

    public long InputTokens { get; init; }

    public long CachedTokens { get; init; }

    public long OutputTokens { get; init; }

    [JsonIgnore]
    public bool IsAnswered => Result == Answered;
}
