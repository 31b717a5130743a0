package io.stagehound;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.stagehound.topology.StagehoundGraph;
import java.util.Set;

/** How the job's packages may use each other and Flink. */
@AnalyzeClasses(packages = "io.stagehound", importOptions = ImportOption.DoNotIncludeTests.class)
class JobRulesTest {

  private static final Set<String> NAMING = Set.of("uid", "name", "setUidHash");

  @ArchTest
  static final ArchRule ONLY_BUILD_NAMES_OPERATORS =
      noClasses()
          .that()
          .doNotBelongToAnyOf(StagehoundGraph.class)
          .should(
              callMethodWhere(
                  DescribedPredicate.describe(
                      "an operator is named",
                      (JavaMethodCall call) ->
                          NAMING.contains(call.getName())
                              && call.getTargetOwner()
                                  .getPackageName()
                                  .startsWith("org.apache.flink.streaming.api.datastream"))));

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.stagehound.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule DECODING_KNOWS_NO_FLINK =
      noClasses()
          .that()
          .resideInAnyPackage("io.stagehound.decode..", "io.stagehound.output..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.stagehound.cli..")
          .should(
              com.tngtech.archunit.lang.conditions.ArchConditions.accessFieldWhere(
                  DescribedPredicate.describe(
                      "standard output or standard error is used",
                      (JavaAccess<?> access) ->
                          access.getTargetOwner().isEquivalentTo(System.class)
                              && Set.of("out", "err").contains(access.getName()))));
}
