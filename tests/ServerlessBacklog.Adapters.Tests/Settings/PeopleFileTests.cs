using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Settings;
using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Settings;

public sealed class PeopleFileTests
{
    [Fact]
    public void People_are_read_with_all_their_names() =>
        PeopleFile.Parse("""
            people:
              - name: Ada Lovelace
                github: ada
                azuredevops: ada@contoso.com
                entra: 6f0c
                slack: U1
                mail: ada@contoso.com
              - {name: Bob, github: " bob "}
            """, "people.yml").People.ShouldBe(
            [
                new PersonRecord("Ada Lovelace") { GitHub = "ada", AzureDevOps = "ada@contoso.com", Entra = "6f0c", Slack = "U1", Mail = "ada@contoso.com" },
                new PersonRecord("Bob") { GitHub = "bob" },
            ]);

    [Theory]
    [InlineData("people:\n  - name: A\n    gihtub: a", "people.yml, line 3: Unknown key 'gihtub'. Did you mean 'github'?")]
    [InlineData("poeple: []", "people.yml, line 1: Unknown key 'poeple'. Did you mean 'people'?")]
    [InlineData("people:\n  - github: a", "people.yml, line 2: A person needs a 'name'.")]
    [InlineData("people:\n  - name: A\n    slack: \"\"", "people.yml, line 2: 'A' has none of github, azuredevops, entra, slack, mail, so nobody can be recognized by it.")]
    [InlineData("people:\n  - {name: A, github: [a]}", "people.yml, line 2: 'github' takes a plain text.")]
    [InlineData("people:\n  - {name: A, github: a}\n  - {name: B, mail: b}\n  - {name: C, github: A}", "people.yml, line 4: 'C' and 'A' both claim github 'A'. It belongs to one of them: take it from the other.")]
    [InlineData("people:\n  - {name: A, github: a}\n  - {name: a, github: b}", "people.yml, line 3: 'a' stands there twice. Merge the two, or tell them apart by name.")]
    [InlineData("people: 3", "people.yml, line 1: Expected 'people:' with a list below it.")]
    public void A_fault_is_told_with_its_line_and_what_to_write(string yaml, string message) =>
        Should.Throw<UserErrorException>(() => PeopleFile.Parse(yaml, "people.yml")).Message.ShouldBe(message);

    [Fact]
    public void An_empty_file_has_no_people() => PeopleFile.Parse("# later\n", "people.yml").People.ShouldBeEmpty();

    [Fact]
    public async Task A_missing_file_is_told_with_what_to_do() =>
        (await Should.ThrowAsync<UserErrorException>(() => PeopleFile.ReadAsync("no-such-people.yml", CancellationToken.None))).Message.ShouldContain("docs/people.md");

    [Fact]
    public void The_example_of_the_documentation_is_valid()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ServerlessBacklog.sln")))
            folder = folder.Parent.ShouldNotBeNull();
        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "people.md"));

        PeopleFile.Parse(Regex.Match(page, "```yaml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value, "docs/people.md").People.Count.ShouldBe(2);
    }
}
