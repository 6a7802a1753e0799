using CsCheck;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Tests.Backlogs;

public class ItemAgeTests
{
    private static readonly Gen<WorkItem> Items = Gen.Select(
        Gen.OneOf("1", "2", "10", "5x", "XD-9", "XD-112", "a"),
        Gen.OneOf<DateTimeOffset?>(null, An.Instant, An.Instant.AddDays(-1)),
        (number, created) => An.Item(number) with { CreatedAt = created });

    [Fact]
    public void It_orders_by_creation_then_by_number_and_undated_items_last()
    {
        WorkItem[] items =
        [
            An.Item(9) with { CreatedAt = An.Instant.AddDays(-2) },
            An.Item(2) with { CreatedAt = An.Instant },
            An.Item(10) with { CreatedAt = An.Instant },
            An.Item("XD-9") with { CreatedAt = null },
            An.Item("XD-112") with { CreatedAt = null },
        ];

        items.Reverse().Order(ItemAge.Order).ShouldBe(items);
    }

    [Fact]
    public void Older_than_has_no_rings() => Gen.Select(Items, Items, Items).Sample((a, b, c) =>
        !(ItemAge.IsOlder(a, b) && ItemAge.IsOlder(b, c)) || ItemAge.IsOlder(a, c));

    [Fact]
    public void Of_two_different_items_one_is_older() =>
        Gen.Select(Items, Items).Sample((a, b) => a.Ref == b.Ref || ItemAge.IsOlder(a, b) != ItemAge.IsOlder(b, a));
}
