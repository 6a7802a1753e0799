using System.Text;
using ServerlessBacklog.Adapters.Trackers.Files.Words;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ServerlessBacklog.Adapters.Trackers.Files.Mapping;

/// <summary>Reads a mapping file (YAML, see docs/import-format.md). Whatever it does not know it refuses, with the line and the nearest valid word.</summary>
internal sealed class MappingFile
{
    private const long MostBytes = 1 << 20;

    private static readonly string[] Keys = ["columns", "dateFormat", "delimiter", "encoding", "links", "project", "states"];
    private static readonly string[] StateNames = ["open", "started", "closed"];

    private static readonly Dictionary<string, LinkKind> LinkNames = Enum.GetValues<LinkKind>().ToDictionary(k => k switch
    {
        LinkKind.RelatedTo => "related-to",
        LinkKind.DuplicateOf => "duplicate-of",
        LinkKind.BlockedBy => "blocked-by",
        LinkKind.Blocks => "blocks",
        LinkKind.ParentOf => "parent-of",
        LinkKind.ChildOf => "child-of",
        LinkKind.ClosedBy => "closed-by",
        LinkKind.DiscoveredFrom => "discovered-from",
        _ => throw new InvalidOperationException($"Link kind {k} has no name in mapping files."),
    });

    private readonly string path;

    private MappingFile(string path) => this.path = path;

    public static FileMapping Read(string path) => new MappingFile(path).Read();

    private FileMapping Read()
    {
        var mapping = FileMapping.None;
        foreach (var (key, value) in Members(Root(), "the file"))
        {
            mapping = key.Text switch
            {
                "columns" => mapping with { Columns = Words(value, FieldNames.Normalise, FieldNames.Ours, n => FieldNames.FindOurs(n)!.Value) },
                "states" => mapping with { States = Words(value, Lower, StateNames, n => StateWords.Read(n)!.Value) },
                "links" => mapping with { Links = Words(value, Lower, [.. LinkNames.Keys], n => LinkNames[n]) },
                "project" => mapping with { Project = Scalar(value, "project").Text },
                "delimiter" => mapping with { Delimiter = Delimiter(Scalar(value, "delimiter")) },
                "encoding" => mapping with { Encoding = EncodingOf(Scalar(value, "encoding")) },
                "dateFormat" => mapping with { DateFormat = Scalar(value, "dateFormat").Text },
                _ => throw Refused(key, Keys),
            };
        }

        return mapping;
    }

    private YamlNode Root()
    {
        try
        {
            if (!File.Exists(path))
                throw new UserErrorException($"There is no mapping file {path}. Check the spelling.");
            if (new FileInfo(path).Length > MostBytes)
                throw new UserErrorException($"{path} is larger than 1 MiB, which no mapping needs. Is it the export itself?");
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return yaml.Documents is [var document, ..] ? document.RootNode : new YamlMappingNode();
        }
        catch (YamlException fault)
        {
            throw new UserErrorException($"{path}, line {fault.Start.Line}: this is not valid YAML ({fault.Message}). Put names with : or # in quotes.", fault);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new UserErrorException($"{path} may not be read by you. Give yourself read permission.", refused);
        }
    }

    private Dictionary<string, T> Words<T>(YamlNode node, Func<string, string> normalise, IReadOnlyList<string> valid, Func<string, T> read)
    {
        var words = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (key, value) in Members(node, "columns, states and links"))
        {
            var meant = Scalar(value, key.Text);
            if (!valid.Contains(meant.Text))
                throw Refused(meant, valid);
            words[normalise(key.Text)] = read(meant.Text);
        }

        return words;
    }

    private IEnumerable<(Word Key, YamlNode Value)> Members(YamlNode node, string what)
    {
        if (node is not YamlMappingNode map)
            throw new UserErrorException($"{path}, line {node.Start.Line}: {what} must hold lines such as \"Issue ID: id\".");
        return map.Children.Select(c => (Scalar(c.Key, what), c.Value));
    }

    private Word Scalar(YamlNode node, string what) => node is YamlScalarNode { Value: { Length: > 0 } text }
        ? new Word(text, node.Start.Line)
        : throw new UserErrorException($"{path}, line {node.Start.Line}: {what} needs one text.");

    private UserErrorException Refused(Word word, IReadOnlyList<string> valid) => new(
        $"{path}, line {word.Line}: '{word.Text}' is not known; did you mean '{Nearest.To(word.Text, valid)}'? Valid: {string.Join(", ", valid)}.");

    private char Delimiter(Word word) => word.Text switch
    {
        "tab" or "\\t" => '\t',
        [var one] when one is not ('"' or '\n' or '\r') => one,
        _ => throw new UserErrorException($"{path}, line {word.Line}: delimiter is one character, or tab."),
    };

    private Encoding EncodingOf(Word word)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(word.Text) ?? Encoding.GetEncoding(word.Text);
        }
        catch (ArgumentException unknown)
        {
            throw new UserErrorException($"{path}, line {word.Line}: '{word.Text}' is no encoding; write for example utf-8, windows-1252 or utf-16.", unknown);
        }
    }

    private static string Lower(string text) => text.Trim().ToLowerInvariant();

    private readonly record struct Word(string Text, long Line);
}
