using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Tests.Backlogs;

public class OnceTests
{
    [Fact]
    public void A_failure_is_not_kept_and_a_success_is()
    {
        var made = 0;
        var once = new Once<string>(() => ++made == 1 ? throw new IOException("away") : $"made {made}");

        Should.Throw<IOException>(() => once.Value);

        once.Value.ShouldBe("made 2");
        once.Value.ShouldBe("made 2");
    }
}
