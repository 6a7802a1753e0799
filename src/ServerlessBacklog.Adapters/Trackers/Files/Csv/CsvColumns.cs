using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Trackers.Files.Mapping;
using ServerlessBacklog.Adapters.Trackers.Files.Words;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.Files.Csv;

/// <summary>What each column of a CSV export means.</summary>
internal sealed partial class CsvColumns
{
    private const int MostNamed = 12;

    private readonly List<(int Index, Field Field, int Rank)> fields = [];

    private CsvColumns(int count) => Count = count;

    public int Count { get; }

    /// <summary>Columns of links that Jira names with type and direction.</summary>
    public List<(int Index, LinkKind Kind)> Links { get; } = [];

    public List<string> Unused { get; } = [];

    public static CsvColumns Read(string[] header, SourceFile file, FileMapping mapping)
    {
        var columns = new CsvColumns(header.Length);
        for (var i = 0; i < header.Length; i++)
            columns.Add(i, header[i].Trim(), mapping);
        columns.fields.Sort((a, b) => (a.Rank, a.Index).CompareTo((b.Rank, b.Index)));
        columns.Require(Field.Title, "title", header, file);
        columns.Require(Field.Id, "id", header, file);
        return columns;
    }

    /// <summary>Columns of a field: by rank, then from left to right.</summary>
    public IEnumerable<(int Index, int Rank)> Of(Field field) => fields.Where(f => f.Field == field).Select(f => (f.Index, f.Rank));

    public bool Has(Field field) => fields.Exists(f => f.Field == field);

    /// <summary>The names of <paramref name="columns"/>, cut to a readable number.</summary>
    public static string Named(IReadOnlyCollection<string> columns)
    {
        var names = string.Join(", ", columns.Take(MostNamed).Select(c => $"\"{PlainText.OneLine(c)}\""));
        return columns.Count > MostNamed ? $"{names} and {columns.Count - MostNamed} more" : names;
    }

    private void Add(int index, string name, FileMapping mapping)
    {
        if (mapping.Field(name) is { } known)
            fields.Add((index, known.Field, known.Rank));
        else if (JiraLink().Match(name) is { Success: true } link)
            Links.Add((index, mapping.Link(link.Groups["type"].Value)
                ?? LinkWords.ReadJira(link.Groups["type"].Value, link.Groups["direction"].Value.Equals("inward", StringComparison.OrdinalIgnoreCase))));
        else if (name.Length > 0 && !Unused.Contains(name))
            Unused.Add(name);
    }

    private void Require(Field field, string what, string[] header, SourceFile file)
    {
        if (!Has(field))
            throw new UserErrorException(
                $"{file.Path} has no column for the {what}. Its columns: {Named(header)}. Name the column in a mapping file, for example map.yaml with the line "
                + $"columns: {{ {Named([header.FirstOrDefault(h => h.Length > 0) ?? "Column"])}: {what} }}, and pass it with --mapping map.yaml.");
    }

    [GeneratedRegex(@"^(?<direction>inward|outward) issue link \((?<type>.+)\)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex JiraLink();
}
