using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Comments;

namespace ServerlessBacklog.Triage.Tests.Comments;

public class ConsolidatedCommentTests
{
    private static readonly WorkItem Kept = An.Item(1, "Crash on save", "Version 2.0 on Linux: TimeoutException") with
    {
        Reporter = new Person("ada"),
        History = new WorkItemHistory { Reactions = new Reactions(3) },
    };

    private static readonly WorkItem First = An.Item(12, "It crashes, @bob!", "Since 2.1 on Windows 11, TimeoutException, ENOSPC. ![shot.png](https://github.com/user-attachments/assets/0a1b2c3d-1111)") with
    {
        CreatedAt = An.Instant.AddDays(-5),
        Reporter = new Person("grace"),
        History = new WorkItemHistory
        {
            Reactions = new Reactions(1, 1) { People = [new Person("ada"), new Person("bob")] },
            Comments = [new WorkItemComment(new Person("bob"), An.Instant), new WorkItemComment(new Person("ci", IsBot: true), An.Instant)],
        },
    };

    private static readonly WorkItem Second = An.Item(15, "Save fails", "2.1, too") with { CreatedAt = An.Instant.AddDays(-2), Reporter = new Person("grace") };

    [Fact]
    public void What_the_duplicates_add_is_told_in_one_text() => Of(Second, First).ShouldBe("""
        **Gathered from duplicates:** 2 items

        - #12 “It crashes, @^bob!”
        - #15 “Save fails”

        **Not stated above**

        - Versions: 2.1 (#12, #15)
        - Platforms: windows 11 (#12)
        - Errors: enospc (#12)
        - Attachments: shot.png (#12)

        - Votes on all of them: 5 (4 up, 1 down), by 2 people: ada, bob
        - Taking part in them: 3 people: ada, bob, grace

        ---

        *This comment is automated: ServerlessBacklog gathers here what is in items that were closed as duplicates of this one. It is edited in place when another one comes.*
        """.ReplaceLineEndings("\n"));

    [Fact]
    public void The_order_in_which_they_come_changes_nothing() => Of(First, Second).ShouldBe(Of(Second, First, Second));

    [Fact]
    public void What_the_canonical_item_states_is_not_told_again() => Of(An.Item(12, "Crash", "Version 2.0, linux")).ShouldNotContain("Not stated above");

    [Fact]
    public void A_text_with_a_secret_is_not_sent() =>
        ConsolidatedComment.Of(Whole(Kept), [Whole(An.Item(2, "ghp_0123456789abcdefghijABCDEFGHIJ012345"))]).Text.ShouldBeNull();

    [Fact]
    public void Very_many_duplicates_still_fit_into_one_comment()
    {
        var text = Of([.. Enumerable.Range(100, 400).Select(i => An.Item(i, new string('x', 300), "On Windows 11"))]);

        text.Length.ShouldBeLessThanOrEqualTo(8_000);
        text.ShouldContain("400 items");
    }

    private static string Of(params WorkItem[] duplicates) =>
        ConsolidatedComment.Of(Whole(Kept), duplicates.Select(Whole)).Text.ShouldNotBeNull().Replace('\u200b', '^');

    private static OutlinedItem Whole(WorkItem item) => OutlinedItem.From(item) with { Item = item };
}
