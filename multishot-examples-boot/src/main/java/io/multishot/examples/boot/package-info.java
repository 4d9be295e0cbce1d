/** A Spring Boot application whose controller answers through a correlator. */
@NullMarked
package io.multishot.examples.boot;

import org.jspecify.annotations.NullMarked;
