using ServerlessBacklog.Adapters.Settings;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using Shouldly;
using Xunit;

namespace ServerlessBacklog.Adapters.Tests.Settings;

public class PackFileTests
{
    [Fact]
    public void The_pack_of_the_documentation_is_read()
    {
        var yaml = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "domain-packs.md")).Split("```yaml\n")[1].Split("```")[0];

        var pack = PackFile.Parse(yaml, "words.yml");

        pack.Glossary.ShouldBe([new Term("blue thing", "the sync button of the main window")]);
        pack.Components.Select(c => c.Name).ShouldBe(["Sync", "Reports"]);
        pack.Components[0].Words.ShouldBe(["sync", "blue thing", "SyncEngine.cs"]);
        pack.Examples.ShouldHaveSingleItem().For.ShouldBe("clarify");
        pack.About("clarify").ShouldContain("Which folder was open");
        pack.About("story").ShouldNotContain("Which folder was open");
    }

    [Theory]
    [InlineData("glosary: []", "words.yml, line 1: Unknown key 'glosary'. Did you mean 'glossary'?")]
    [InlineData("glossary:\n  - word: x", "words.yml, line 2: Here 'means' is missing.")]
    [InlineData("components:\n  - name: x\n    words: y", "words.yml, line 2: A component needs 'words'")]
    [InlineData("components: x", "words.yml, line 1: 'components' takes a list.")]
    [InlineData("examples:\n  - for: poem\n    input: x\n    answer: '{}'", "words.yml, line 2: There is no prompt 'poem'. There is: clarify")]
    [InlineData("examples:\n  - for: clarify\n    input: x\n    answer: '{}'", "The answer of this example must have the members answered, contradictions, questions.")]
    [InlineData("examples:\n  - for: clarify\n    input: x\n    answer: nothing", "The answer of this example is not one JSON object.")]
    public void A_fault_is_told_with_its_line(string yaml, string message) =>
        Should.Throw<UserErrorException>(() => PackFile.Parse(yaml, "words.yml")).Message.ShouldContain(message);

    [Fact]
    public async Task A_file_that_is_not_there_or_too_long_says_what_to_do()
    {
        (await Should.ThrowAsync<UserErrorException>(() => PackFile.ReadAsync("nowhere.yml", default))).Message.ShouldContain("docs/domain-packs.md");
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, new string('#', 20_000), TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<UserErrorException>(() => PackFile.ReadAsync(path, default))).Message.ShouldContain("at most 12,000");
        File.Delete(path);
    }

    [Fact]
    public void An_empty_file_is_an_empty_pack() => PackFile.Parse("", "words.yml").About("clarify").ShouldBeEmpty();
}
