using System.Text.Json;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Domain.Tests.Items;

public class LabelTests
{
    [Fact]
    public void Case_does_not_tell_labels_apart()
    {
        new Label("Bug").ShouldBe(new Label("bUG"));
        new Label("Bug").GetHashCode().ShouldBe(new Label("bUG").GetHashCode());
        new Label("bug").ShouldNotBe(new Label("bugs"));
    }

    [Fact]
    public void In_JSON_it_is_its_name()
    {
        var json = JsonSerializer.Serialize(new[] { new Label("good first issue") });

        json.ShouldBe("[\"good first issue\"]");
        JsonSerializer.Deserialize<Label[]>(json).ShouldBe([new Label("good first issue")]);
    }
}
