using ServerlessBacklog.StandIns.AzureDevOps.Model;

namespace ServerlessBacklog.StandIns.AzureDevOps.Acts;

/// <summary>What one update is to change.</summary>
internal sealed record ItemChange
{
    /// <summary>Reference name → new value; null clears the field.</summary>
    public Dictionary<string, object?> Fields { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<Relation> Added { get; } = [];

    public List<Relation> Removed { get; } = [];

    /// <summary>A comment that goes with it.</summary>
    public string? History { get; set; }
}
