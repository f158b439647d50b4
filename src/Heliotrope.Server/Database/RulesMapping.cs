using Heliotrope.Core.Conversations;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.People;
using Heliotrope.Server.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class RulesMapping : IEntityTypeConfiguration<Rule>, IEntityTypeConfiguration<RuleRun>, IEntityTypeConfiguration<RuleMark>, IEntityTypeConfiguration<PersonLink>
{
    public void Configure(EntityTypeBuilder<Rule> builder)
    {
        builder.ToTable("Rules");
        builder.HasOne<User>().WithMany().HasForeignKey(r => r.OwnerId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<RuleRun> builder)
    {
        builder.ToTable("RuleRuns");
        builder.HasOne<Rule>().WithMany().HasForeignKey(r => r.RuleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(r => r.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => new { r.RuleId, r.At });
    }

    public void Configure(EntityTypeBuilder<RuleMark> builder)
    {
        builder.ToTable("RuleMarks");
        builder.HasIndex(m => new { m.RuleId, m.ConversationNumber, m.Since }).IsUnique();
        builder.HasOne<Rule>().WithMany().HasForeignKey(m => m.RuleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(m => m.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<PersonLink> builder)
    {
        builder.ToTable("PersonLinks");
        builder.HasIndex(l => l.TokenHash).IsUnique();
        builder.HasOne<Conversation>().WithMany().HasForeignKey(l => l.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
    }
}
