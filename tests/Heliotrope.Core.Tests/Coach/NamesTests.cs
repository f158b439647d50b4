using Heliotrope.Core.Coach;

namespace Heliotrope.Core.Tests.Coach;

/// <summary>Names and languages.</summary>
public class NamesTests
{
    [Theory]
    [InlineData("Anna Keller", "Dear Ben, it leaves today.", "wrong-name")]
    [InlineData("Anna Keller", "Guten Tag Frau Kellner, sie kommt heute.", "wrong-name")]
    [InlineData("John Smith", "Hi Jon, it leaves today.", "wrong-name")]
    [InlineData("Anna Keller", "Dear Anna Koller, it leaves today.", "wrong-name")]
    [InlineData("Anna Keller", "Dear Anna, it leaves today.", "")]
    [InlineData("Anna Keller", "Guten Tag Frau Keller, sie kommt heute.", "")]
    [InlineData("Keller, Anna", "Dear Ms. Keller, it leaves today.", "")]
    [InlineData("José Müller", "Hola Jose, hello. It leaves today.", "")]
    [InlineData("Jörg Mueller", "Guten Tag Herr Dr. Müller, sie kommt heute.", "")]
    [InlineData("Robert Keller", "Hi Bob, it leaves today.", "")]
    [InlineData("Daniel Keller", "Hi Dan, it leaves today.", "")]
    [InlineData("Katharina Keller", "Hallo Kathi, sie kommt heute.", "")]
    [InlineData("Anna Keller", "Dear all, it leaves today.", "")]
    [InlineData("Anna Keller", "Hello, it leaves today.", "")]
    [InlineData("Anna Keller", "Hello. Please wait for Friday.", "")]
    [InlineData("Anna Keller", "Hi team, it leaves today.", "")]
    [InlineData("Anna Keller", "Sehr geehrte Damen und Herren, sie kommt heute.", "")]
    [InlineData("Hotel Sonne GmbH", "Guten Tag Frau Weber, sie kommt heute.", "")]
    [InlineData("", "Dear Ben, it leaves today.", "")]
    [InlineData("info@shop.example", "Dear Ben, it leaves today.", "")]
    [InlineData("Иван Петров", "Hi Ivan, it leaves today.", "")]
    public void A_greeting_has_their_name(string name, string reply, string expected) => Assert.Equal(expected, Coached.Reply(reply, "Hello, when? Hallo, wann?", name).Kinds());

    [Theory]
    [InlineData("John Smith", "Hi Jon, it leaves today.", "Hi John, it leaves today.")]
    [InlineData("Anna Keller", "Guten Tag Frau Kellner, sie kommt heute.", "Guten Tag Frau Keller, sie kommt heute.")]
    [InlineData("Anna Keller", "Dear Ben Brown, it leaves today.", "Dear Anna Keller, it leaves today.")]
    public void The_right_name_is_one_key_away(string name, string reply, string expected) => Assert.Equal(expected, Coached.Reply(reply, name: name).Fixed(RemarkKind.WrongName).Text);

    [Theory]
    [InlineData("When does it come?\n\nBest wishes\nMaria", "")]
    [InlineData("When does it come?\n\nBest wishes\nTom", "wrong-name")]
    [InlineData("When does it come? It is for my mother Maria.", "")]
    [InlineData("Hello Maria, when does it come?", "wrong-name")]
    public void A_signature_says_who_writes(string message, string expected) => Assert.Equal(expected, Coached.Reply("Dear Maria, it leaves today.", message, "Anna Keller").Kinds());

    [Theory]
    [InlineData("Hi Anna, great choice, Anna. It leaves today, Anna.", "name-overuse")]
    [InlineData("Hallo Frau Keller, gern, Frau Keller. Sie kommt heute, Frau Keller.", "name-overuse")]
    [InlineData("Hi Anna, great choice. It leaves today, Anna.", "")]
    [InlineData("Hi Anna Keller, great choice. It leaves today.\n\nBest regards\nAnna", "")]
    public void A_name_is_not_said_again_and_again(string reply, string expected) => Assert.Equal(expected, Coached.Reply(reply, "When? Wann?", "Anna Keller").Kinds());

    [Fact]
    public void The_third_time_can_simply_go() =>
        Assert.Equal("Hi Anna, great choice, Anna. It leaves today.", Coached.Reply("Hi Anna, great choice, Anna. It leaves today, Anna.", name: "Anna Keller").Fixed(RemarkKind.NameOveruse).Text);

    [Theory]
    [InlineData("Können Sie mir sagen, wann die Lampe bei mir ankommt?", "Hi Anna, the lamp leaves us today and will be with you on Friday.", null, "language")]
    [InlineData("Can you tell me when the lamp will be with me?", "Hallo Anna, die Lampe geht heute raus und ist am Freitag bei Ihnen.", null, "language")]
    [InlineData("Bonjour, pouvez-vous me dire quand la lampe va arriver chez moi ?", "Hi Anna, the lamp leaves us today and will be with you on Friday.", null, "language")]
    [InlineData("ok", "Hi Anna, the lamp leaves us today and will be with you on Friday.", "de", "language")]
    [InlineData("Können Sie mir sagen, wann die Lampe bei mir ankommt?", "Hallo Anna, die Lampe geht heute raus und ist am Freitag bei Ihnen.", null, "")]
    [InlineData("Können Sie mir sagen, wann die Lampe bei mir ankommt?", "Hi Anna, the lamp leaves us today and will be with you on Friday.", "en", "")]
    [InlineData("Können Sie mir sagen, wann die Lampe bei mir ankommt?", "OK, Anna!", null, "")]
    [InlineData("4711", "Hi Anna, the lamp leaves us today and will be with you on Friday.", null, "")]
    public void A_reply_speaks_their_language(string message, string reply, string? language, string expected) => Assert.Equal(expected, Coached.Reply(reply, message, language: language).Kinds());

    [Fact]
    public void A_language_without_a_book_gets_what_needs_no_words() =>
        Assert.Equal("merge-field, salt.shouting", Coached.Reply("Bonjour {{first_name}}, la lampe part aujourd'hui et arrive vendredi matin chez vous, NATURELLEMENT COMME TOUJOURS PARFAITEMENT emballée.", "Bonjour, quand arrive la lampe chez moi ?").Kinds());
}
