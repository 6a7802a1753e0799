using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Ports;
using YamlDotNet.RepresentationModel;
using static ServerlessBacklog.Adapters.Settings.StrictYaml;

namespace ServerlessBacklog.Adapters.Settings;

/// <summary>
/// Reads records of people from YAML: a list <c>people</c> with <c>name</c> and any of <c>github</c>, <c>azuredevops</c>, <c>entra</c>, <c>slack</c>, <c>mail</c>.
/// Anything else is refused with its line.
/// </summary>
public static class PeopleFile
{
    private static readonly string[] Top = ["people"];
    private static readonly string[] Keys = ["name", .. PeopleDirectory.Systems];

    /// <summary>The people of a file; a fault in it is a <see cref="UserErrorException"/> that names file and line.</summary>
    public static async Task<PeopleDirectory> ReadAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"The people file '{path}' does not exist. Write one as docs/people.md shows.");
        return Parse(await File.ReadAllTextAsync(path, cancellation), path);
    }

    /// <param name="file">How error messages name the text.</param>
    public static PeopleDirectory Parse(string yaml, string file)
    {
        if (Root(yaml, file) is not { } root)
            return PeopleDirectory.Empty;
        var top = Mapping(root, file, "'people:' with a list below it");
        CheckKeys(top, Top, file);
        if (Child(top, "people") is not YamlSequenceNode list)
            throw Wrong(file, top, "Expected 'people:' with a list below it.");
        var people = list.Select(p => ReadPerson(Mapping(p, file, $"'name:' and any of {string.Join(", ", PeopleDirectory.Systems)}"), file)).ToList();
        try
        {
            return new PeopleDirectory(people);
        }
        catch (UserErrorException twice)
        {
            throw Wrong(file, list.Children[SecondOf(people)], twice.Message);
        }
    }

    private static PersonRecord ReadPerson(YamlMappingNode node, string file)
    {
        CheckKeys(node, Keys, file);
        if (Text("name") is not { } name)
            throw Wrong(file, node, "A person needs a 'name'.");
        var person = new PersonRecord(name)
        {
            GitHub = Text("github"),
            AzureDevOps = Text("azuredevops"),
            Entra = Text("entra"),
            Slack = Text("slack"),
            Mail = Text("mail"),
        };
        return PeopleDirectory.Systems.Any(s => person.In(s) is not null)
            ? person
            : throw Wrong(file, node, $"'{name}' has none of {string.Join(", ", PeopleDirectory.Systems)}, so nobody can be recognized by it.");

        string? Text(string key) => Scalar(Child(node, key), file, key) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
    }

    /// <summary>The first record that claims what one before it has.</summary>
    private static int SecondOf(List<PersonRecord> people)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                _ = new PeopleDirectory(people[..(i + 1)]);
            }
            catch (UserErrorException)
            {
                return i;
            }
        }
    }
}
