using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.Files.Words;

/// <summary>Reads people as exports write them: <c>mary</c>, <c>@mary</c>, <c>Mary Doe &lt;mary@example.org&gt;</c>.</summary>
internal static class People
{
    /// <summary>Null for nobody: blank, <c>Unassigned</c>, <c>nobody</c>, <c>--</c>.</summary>
    public static Person? Read(string text)
    {
        var name = PlainText.OneLine(text);
        var open = name.LastIndexOf('<');
        if (open >= 0 && name.EndsWith('>'))
            name = name[(open + 1)..^1].Trim() is { Length: > 0 } login ? login : name[..open].Trim();
        name = name.TrimStart('@');
        return name.ToLowerInvariant() is "" or "unassigned" or "nobody" or "none" or "--" or "null" ? null : Person.FromLogin(name);
    }

    public static IReadOnlyList<Person> Read(IEnumerable<string> texts) => [.. texts.Select(Read).OfType<Person>().Distinct()];
}
