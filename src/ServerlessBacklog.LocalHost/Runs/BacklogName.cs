using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>The name under which a source is kept when the user gives none: the file's name without endings, or the location.</summary>
internal static class BacklogName
{
    private static readonly string[] Endings = [".gz", ".jsonl", ".json", ".csv"];

    public static string Of(SourceAddress source)
    {
        if (source.Tracker != "file")
            return source.Location;
        var name = Path.GetFileName(source.Location.TrimEnd('/', '\\'));
        foreach (var ending in Endings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && name.Length > ending.Length)
                name = name[..^ending.Length];
        }

        return name.Length == 0 ? "backlog" : name;
    }
}
