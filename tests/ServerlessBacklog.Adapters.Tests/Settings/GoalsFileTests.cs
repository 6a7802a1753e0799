using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Settings;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Settings;

public sealed class GoalsFileTests
{
    [Fact]
    public void Goals_are_read_with_weight_words_and_labels()
    {
        var goals = GoalsFile.Parse("""
            goals:
              - name: Accessibility
                weight: 2.5
                words: [screen reader, a11y]
                labels: [accessibility]
              - name: Speed
                words:
                  - slow
            """, "goals.yml");

        goals.Count.ShouldBe(2);
        goals[0].Weight.ShouldBe(2.5);
        goals[0].Words.ShouldBe(["screen reader", "a11y"]);
        goals[0].Labels.ShouldBe(["accessibility"]);
        goals[1].Weight.ShouldBe(1);
    }

    [Theory]
    [InlineData("goals:\n  - name: A\n    wieght: 2\n    words: [x]", "goals.yml, line 3: Unknown key 'wieght'. Did you mean 'weight'?")]
    [InlineData("gaols: []", "goals.yml, line 1: Unknown key 'gaols'. Did you mean 'goals'?")]
    [InlineData("goals:\n  - name: A\n    colour-scheme: 2", "goals.yml, line 3: Unknown key 'colour-scheme'. Known here: name, weight, words, labels.")]
    [InlineData("goals:\n  - name: A\n    weight: lots\n    words: [x]", "goals.yml, line 3: 'lots' is not a weight. Write a number above 0 and up to 100; 1 is usual.")]
    [InlineData("goals:\n  - name: A\n    weight: -1\n    words: [x]", "goals.yml, line 3: '-1' is not a weight. Write a number above 0 and up to 100; 1 is usual.")]
    [InlineData("goals:\n  - name: A\n    words: x", "goals.yml, line 3: 'words' is a list: words: [first, second].")]
    [InlineData("goals:\n  - name: A", "goals.yml, line 2: The goal 'A' has neither 'words' nor 'labels', so no item can serve it.")]
    [InlineData("goals:\n  - weight: 1", "goals.yml, line 2: A goal needs a 'name'.")]
    [InlineData("goals:\n  - {name: A, words: [x]}\n  - {name: a, words: [y]}", "goals.yml, line 2: The goal 'A' stands there twice; merge the two.")]
    [InlineData("goals: 3", "goals.yml, line 1: Expected 'goals:' with a list below it.")]
    public void A_fault_is_told_with_its_line_and_what_to_write(string yaml, string message) =>
        Should.Throw<UserErrorException>(() => GoalsFile.Parse(yaml, "goals.yml")).Message.ShouldBe(message);

    [Fact]
    public void Broken_yaml_is_told_with_its_line() =>
        Should.Throw<UserErrorException>(() => GoalsFile.Parse("goals:\n  - name: }", "goals.yml")).Message.ShouldStartWith("goals.yml, line 2: this is not YAML");

    [Fact]
    public void An_empty_file_has_no_goals() => GoalsFile.Parse("# later\n", "goals.yml").ShouldBeEmpty();

    [Fact]
    public async Task A_missing_file_is_told_with_what_to_do() =>
        (await Should.ThrowAsync<UserErrorException>(() => GoalsFile.ReadAsync("no-such-goals.yml", CancellationToken.None))).Message.ShouldContain("docs/goals.md");

    [Fact]
    public void The_example_of_the_documentation_is_valid()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "goals.md"));
        var example = Regex.Match(page, "```yaml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        GoalsFile.Parse(example, "docs/goals.md").Count.ShouldBeGreaterThan(1);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ServerlessBacklog.sln")))
            folder = folder.Parent;
        return folder.ShouldNotBeNull().FullName;
    }
}
