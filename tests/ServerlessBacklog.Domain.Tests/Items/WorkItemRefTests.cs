using System.Text.Json;
using CsCheck;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Domain.Tests.Items;

public class WorkItemRefTests
{
    private static readonly Gen<string> Part = Gen.String[Gen.Char["ab1-_./\\#?%~!| é漢"], 1, 12].Where(p => !string.IsNullOrWhiteSpace(p));

    private static readonly Gen<WorkItemRef> Refs =
        Gen.Select(Gen.OneOf("github", "azuredevops", "file"), Part, Part, (t, p, n) => new WorkItemRef(t, p, n));

    [Fact]
    public void What_it_prints_it_reads() =>
        Refs.Sample(r => WorkItemRef.Parse(r.ToString()) == r);

    [Fact]
    public void It_prints_tracker_project_and_number() =>
        new WorkItemRef("github", "owner/repo", "12").ToString().ShouldBe("github:owner/repo#12");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("github")]
    [InlineData("github:owner/repo")]
    [InlineData("github:#12")]
    [InlineData("github:owner/repo#")]
    [InlineData("github:owner/repo# ")]
    [InlineData(":owner/repo#12")]
    [InlineData("git#hub:owner/repo#12")]
    public void A_text_that_lacks_a_part_is_no_ref(string? text)
    {
        WorkItemRef.TryParse(text, out var reference).ShouldBeFalse();

        reference.ShouldBeNull();
    }

    [Fact]
    public void A_bad_text_is_refused_with_an_example() =>
        Should.Throw<FormatException>(() => WorkItemRef.Parse("twelve")).Message.ShouldContain("github:owner/repo#12");

    [Theory]
    [InlineData("git:hub", "p", "1")]
    [InlineData("git#hub", "p", "1")]
    [InlineData(" ", "p", "1")]
    [InlineData("github", "", "1")]
    [InlineData("github", "p", " ")]
    public void A_part_that_could_not_be_read_back_is_refused(string tracker, string project, string number) =>
        Should.Throw<ArgumentException>(() => new WorkItemRef(tracker, project, number));

    [Fact]
    public void Distinct_refs_have_distinct_keys() =>
        Gen.Select(Refs, Refs).Sample((a, b) => a == b == (a.ToKey() == b.ToKey()));

    [Fact]
    public void Separators_inside_a_part_do_not_join_two_refs_into_one_key() =>
        new WorkItemRef("file", "a~b", "c").ToKey().ShouldNotBe(new WorkItemRef("file", "a", "b~c").ToKey());

    [Fact]
    public void A_key_holds_no_character_that_a_table_forbids() =>
        Gen.String[1, 400].Where(p => !string.IsNullOrWhiteSpace(p)).Sample(text =>
        {
            var key = new WorkItemRef("file", text, "1").ToKey();
            return key.Length <= StorageKey.MaxLength && !key.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c));
        });

    [Fact]
    public void A_long_ref_has_a_key_of_the_greatest_length_that_still_tells_refs_apart()
    {
        var one = new WorkItemRef("file", new string('p', 300), "1").ToKey();
        var two = new WorkItemRef("file", new string('p', 300), "2").ToKey();

        one.Length.ShouldBe(StorageKey.MaxLength);
        one.ShouldNotBe(two);
    }

    [Fact]
    public void In_JSON_it_is_its_text() =>
        JsonSerializer.Serialize(new WorkItemRef("file", "p", "XD-112")).ShouldBe("\"file:p#XD-112\"");

    [Fact]
    public void In_JSON_it_serves_as_a_value_and_as_a_key()
    {
        var table = new Dictionary<WorkItemRef, WorkItemRef?> { [new("file", "p", "1")] = new("file", "p", "2"), [new("file", "p", "3")] = null };

        JsonSerializer.Deserialize<Dictionary<WorkItemRef, WorkItemRef?>>(JsonSerializer.Serialize(table)).ShouldBe(table);
    }

    [Fact]
    public void JSON_that_names_no_item_is_refused() =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<WorkItemRef>("\"nonsense\""));
}
