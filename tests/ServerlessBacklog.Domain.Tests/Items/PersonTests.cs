using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Domain.Tests.Items;

public class PersonTests
{
    [Theory]
    [InlineData("dependabot[bot]", true)]
    [InlineData("Renovate[BOT]", true)]
    [InlineData("k8s-ci-bot", true)]
    [InlineData("abbot", false)]
    [InlineData("bot", false)]
    [InlineData("ada", false)]
    public void A_bot_is_known_by_the_end_of_its_login(string login, bool isBot) => Person.FromLogin(login).IsBot.ShouldBe(isBot);

    [Fact]
    public void Case_does_not_tell_people_apart()
    {
        new Person("Ada").ShouldBe(new Person("ada"));
        new Person("Ada").GetHashCode().ShouldBe(new Person("ada").GetHashCode());
        new Person("ada").ShouldNotBe(new Person("grace"));
    }
}
