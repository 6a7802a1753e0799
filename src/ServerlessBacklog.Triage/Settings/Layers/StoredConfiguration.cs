namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>What is kept of one place's configuration: the last text that was right, and what came after it and was not.</summary>
public sealed record StoredConfiguration
{
    public static StoredConfiguration None { get; } = new();

    /// <summary>The last text without errors; null when there is none.</summary>
    public string? Text { get; init; }

    /// <summary>Names the content of <see cref="Text"/>.</summary>
    public string? Version { get; init; }

    /// <summary>When it was taken over.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Set while the newest text has errors: <see cref="Text"/> holds on.</summary>
    public BrokenConfiguration? Broken { get; init; }
}

/// <param name="Version">Names the content that is wrong.</param>
public sealed record BrokenConfiguration(string Version, IReadOnlyList<string> Errors, DateTimeOffset Since);
