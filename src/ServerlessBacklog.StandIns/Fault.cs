namespace ServerlessBacklog.StandIns;

/// <summary>Something that goes wrong with the next requests that it fits.</summary>
public record Fault
{
    /// <summary>Only requests with this method; null for all.</summary>
    public string? Method { get; init; }

    /// <summary>Only requests whose path contains this; null for all.</summary>
    public string? Path { get; init; }

    /// <summary>How many requests it strikes.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The status that is answered; null leaves the true one.</summary>
    public int? Status { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string? Body { get; init; }

    /// <summary>True when the request is carried out all the same, and only its answer is spoiled.</summary>
    public bool Performed { get; init; }

    /// <summary>Happens just before the request is carried out: somebody was faster.</summary>
    public Func<Task>? Before { get; init; }

    /// <summary>True when the connection is cut in place of an answer.</summary>
    public bool Cut { get; init; }

    /// <summary>GitHub's and Azure DevOps' way to say "slow down" beside a good answer.</summary>
    public static Fault RetryAfterOn200(int seconds) =>
        new() { Performed = true, Headers = new Dictionary<string, string> { ["Retry-After"] = $"{seconds}" } };

    /// <summary>A secondary limit of GitHub, with or without a word on how long to wait.</summary>
    /// <param name="status">403 or 429: GitHub answers either.</param>
    public static Fault SecondaryLimit(int? retryAfterSeconds = null, int status = 403) => new()
    {
        Status = status,
        Body = """{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again.","documentation_url":"https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"}""",
        Headers = retryAfterSeconds is { } seconds ? new Dictionary<string, string> { ["Retry-After"] = $"{seconds}" } : [],
    };

    /// <summary>The request is carried out and its answer never arrives.</summary>
    public static Fault LostAnswer(string method, string path) => new() { Method = method, Path = path, Performed = true, Cut = true };
}
