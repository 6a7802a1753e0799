using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Evaluation;
using ServerlessBacklog.Triage.Evaluation.Assign;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.Evaluation;

public sealed class AssignEvaluationTests
{
    private static readonly string[] Topics = ["database schema migration", "login form button", "printer paper tray", "network socket timeout"];

    [Fact]
    public void The_last_fifth_of_each_large_enough_project_is_asked()
    {
        var result = Run([.. Project("big", 100, 4), .. Project("small", 74, 4), .. Project("three", 100, 3)]);

        result.Projects.Keys.ShouldBe(["big"]);
        result.Projects["big"].N.ShouldBe(20);
        result.Projects["big"].Figures[Figure.Top1].ShouldBe(1);
        result.Cases.Count.ShouldBe(20);
        result.LeftOut.Keys.ShouldBe(["small", "three"]);
    }

    [Fact]
    public void Labels_count_only_where_the_set_has_no_titles()
    {
        var telling = Project("labels", 100, 4).Select(i => i with { Title = "", Labels = [new Label(i.Assignees[0].Login)] }).ToList();
        var random = new Random(1);
        var titled = telling.Select(i => i with { Title = Topics[random.Next(4)], Assignees = [new($"p{random.Next(4)}")] })
            .Select(i => i with { Labels = [new Label(i.Assignees[0].Login)] }).ToList();

        Run(telling).Pooled.Figures[Figure.Top1].ShouldBeGreaterThan(0.9);
        Run(titled).Pooled.Figures[Figure.Top1].ShouldBeLessThan(0.7);
    }

    [Fact]
    public void A_set_with_neither_titles_nor_labels_is_refused() =>
        Should.Throw<UserErrorException>(() => Run([.. Project("p", 100, 4).Select(i => i with { Title = "" })])).Message.ShouldContain("neither titles nor labels");

    [Fact]
    public void A_set_without_assignees_is_refused() =>
        Should.Throw<UserErrorException>(() => Run([.. Project("p", 100, 4).Select(i => i with { Assignees = [] })])).Message.ShouldContain("assignee");

    [Fact]
    public void What_comes_later_changes_no_earlier_answer()
    {
        var items = Project("p", 100, 4).ToList();
        var changed = items.Select((i, at) => at == 99 ? i with { Title = "zebra zebra", Assignees = [new("p0")] } : i).ToList();

        Run(items).Cases.Take(19).ShouldBe(Run(changed).Cases.Take(19));
    }

    private static IEnumerable<WorkItem> Project(string name, int count, int people) => Enumerable.Range(0, count).Select(i => An.Item(i, Topics[i * 7 % 11 % people]) with
    {
        Ref = new("file", name, $"{i}"),
        CreatedAt = An.Instant.AddHours(i),
        Assignees = [new($"p{i * 7 % 11 % people}")],
    });

    private static EvaluationResult Run(IReadOnlyList<WorkItem> items) => new AssignEvaluation().Run(
        new LabelledData([.. items.Select((item, place) => new LabelledItem(item, place, null))]), new Progress<string>(), CancellationToken.None);
}
