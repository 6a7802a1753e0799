namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>What may stand under a key. Reader, JSON Schema and page are made from it, so that they cannot differ.</summary>
public abstract record ConfigShape
{
    private ConfigShape()
    {
    }

    /// <summary>One of some words.</summary>
    public sealed record Word(IReadOnlyList<string> Known) : ConfigShape;

    public sealed record Number(double Least, double Most, bool IsWhole) : ConfigShape;

    public sealed record Switch : ConfigShape;

    /// <param name="Longest">Most characters.</param>
    public sealed record Text(int Longest) : ConfigShape;

    /// <summary>A date: <c>2026-10-01</c>.</summary>
    public sealed record Day : ConfigShape;

    public sealed record ListOf(ConfigShape Each) : ConfigShape;

    /// <param name="Known">The keys that there are; null for any.</param>
    public sealed record MapOf(IReadOnlyList<string>? Known, ConfigShape Each) : ConfigShape;

    public sealed record Fields(IReadOnlyList<ConfigField> Known) : ConfigShape;
}

/// <param name="What">What it says, in a sentence.</param>
public sealed record ConfigField(string Name, ConfigShape Shape, string What, bool IsRequired = false);
